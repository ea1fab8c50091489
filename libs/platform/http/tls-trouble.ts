import { both, type Bilingual } from '#contracts';

/** What is wrong in the settings of a connection: it does not get better by itself. */
export interface SettingTrouble {
  /** Machine name: `certificate-expired`. */
  cause: string;
  reason: Bilingual;
  cure: Bilingual;
}

/** What a certificate says of itself. */
export interface ShownCertificate {
  subject: string;
  issuer: string;
  /** Names it is good for, as OpenSSL writes them: `DNS:moodle.example.edu, IP Address:10.0.0.5`. */
  names: string;
  from: string;
  until: string;
}

const ownAuthority = both(
  'Возьмите корневой сертификат этого центра (PEM), укажите его службам переменной NODE_EXTRA_CA_CERTS=/путь/ca.pem и перезапустите их; если сервер не присылает промежуточные сертификаты, допишите их на сервере',
  "Take this authority's root certificate (PEM), name it to the services by NODE_EXTRA_CA_CERTS=/path/ca.pem and restart them; if the server sends no intermediate certificates, add them at the server",
);

const kinds: { codes: readonly string[]; cause: string; what: Bilingual; cure: Bilingual }[] = [
  {
    codes: ['DEPTH_ZERO_SELF_SIGNED_CERT'],
    cause: 'certificate-self-signed',
    what: both('сертификат подписан сам собой', 'the certificate is self-signed'),
    cure: both(
      'Сохраните этот сертификат (PEM), укажите его службам переменной NODE_EXTRA_CA_CERTS=/путь/cert.pem и перезапустите их, или получите для сервера сертификат известного центра',
      'Save this certificate (PEM), name it to the services by NODE_EXTRA_CA_CERTS=/path/cert.pem and restart them, or have a known authority issue one for the server',
    ),
  },
  {
    codes: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
    ],
    cause: 'certificate-authority',
    what: both('сертификат выдал неизвестный центр', 'the certificate is issued by an unknown authority'),
    cure: ownAuthority,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    cause: 'certificate-host',
    what: both('сертификат выдан на другое имя', 'the certificate is for another name'),
    cure: both(
      'Укажите в настройках имя из сертификата или получите сертификат на имя, которое стоит в настройках',
      'Configure a name that stands in the certificate, or have one issued for the name that is configured',
    ),
  },
  {
    codes: ['CERT_HAS_EXPIRED'],
    cause: 'certificate-expired',
    what: both('срок сертификата истёк', 'the certificate has expired'),
    cure: both(
      'Обновите сертификат на сервере (или его центр); если он в порядке, проверьте часы этой машины',
      "Renew the certificate at the server (or its authority's); if it is in order, check this machine's clock",
    ),
  },
  {
    codes: ['CERT_NOT_YET_VALID'],
    cause: 'certificate-not-yet-valid',
    what: both('сертификат ещё не действует', 'the certificate is not valid yet'),
    cure: both(
      'Проверьте часы этой машины и срок сертификата на сервере',
      "Check this machine's clock and the certificate's dates at the server",
    ),
  },
  {
    codes: [
      'CERT_REVOKED',
      'CERT_REJECTED',
      'INVALID_CA',
      'INVALID_PURPOSE',
      'PATH_LENGTH_EXCEEDED',
      'CERT_CHAIN_TOO_LONG',
      'CERT_SIGNATURE_FAILURE',
      'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
      'ERROR_IN_CERT_NOT_BEFORE_FIELD',
      'ERROR_IN_CERT_NOT_AFTER_FIELD',
    ],
    cause: 'certificate-invalid',
    what: both('сертификат негоден', 'the certificate is not valid'),
    cure: both('Замените сертификат на сервере', 'Replace the certificate at the server'),
  },
  {
    codes: ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
    cause: 'certificate-wanted',
    what: both('сервер требует сертификат клиента', 'the server demands a certificate of its client'),
    cure: both(
      'RabbitMQ: назовите его в AMQP_URL (certfile и keyfile); PostgreSQL: в DATABASE_URL (sslcert и sslkey); остальным серверам сертификат клиента не показывается: разрешите вход без него',
      'RabbitMQ: name it in AMQP_URL (certfile and keyfile); PostgreSQL: in DATABASE_URL (sslcert and sslkey); other servers are shown none: let the toolkit in without it',
    ),
  },
];

/** OpenSSL's words for a server that speaks no TLS there, or none that we speak; its other errors may pass. */
const noCommonTls =
  /^ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|NO_SHARED_CIPHER|\w+_ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)|\w*UNRECOGNIZED_NAME|(DH|EE|CA)_KEY_TOO_SMALL|CA_MD_TOO_WEAK|UNSAFE_LEGACY_RENEGOTIATION_DISABLED)$/;

/**
 * What a failed TLS connection means: its certificate or the protocol, with the mend. Undefined for every other error.
 * For whatever is called over TLS.
 * @param where who was called, e.g. `moodle.example.edu`
 */
export function tlsTrouble(error: unknown, where: string, shown?: ShownCertificate): SettingTrouble | undefined {
  const code = codeOf(error, (one) => noCommonTls.test(one) || kinds.some(({ codes }) => codes.includes(one)));
  if (code === undefined) return undefined;
  const kind = kinds.find(({ codes }) => codes.includes(code));
  if (kind)
    return {
      cause: kind.cause,
      reason: both(
        `${where}: ${kind.what.ru} (${code})${shown ? `; ${russian(shown)}` : ''}`,
        `${where}: ${kind.what.en} (${code})${shown ? `; ${english(shown)}` : ''}`,
      ),
      cure: kind.cure,
    };
  return {
    cause: 'tls-protocol',
    reason: both(`${where}: соединение TLS не согласовано (${code})`, `${where}: no TLS could be agreed on (${code})`),
    cure: both(
      'Проверьте, что на этом порту отвечают по TLS (https, а не http) и не старше TLS 1.2',
      'See that the port speaks TLS (https, not http), and none older than TLS 1.2',
    ),
  };
}

const russian = ({ subject, issuer, names, from, until }: ShownCertificate): string =>
  `сертификат ${subject}, имена: ${names || 'нет'}, выдал ${issuer}, действует с ${from} по ${until}`;
const english = ({ subject, issuer, names, from, until }: ShownCertificate): string =>
  `certificate ${subject}, names: ${names || 'none'}, issued by ${issuer}, valid from ${from} until ${until}`;

/** The first machine name that counts, of the error or of what caused it. */
function codeOf(error: unknown, counts: (code: string) => boolean): string | undefined {
  for (let one = error, depth = 0; typeof one === 'object' && one !== null && depth < 5; depth++) {
    const { code, message, cause } = one as { code?: unknown; message?: unknown; cause?: unknown };
    const name = code === 'EPROTO' ? openSslName(String(message)) : code;
    if (typeof name === 'string' && counts(name)) return name;
    one = cause;
  }
  return undefined;
}

/** Where writing failed Node leaves OpenSSL's reason in the text: `…:SSL routines:ssl3_get_record:wrong version number:…`. */
const openSslName = (text: string): string =>
  `ERR_SSL_${(/:SSL routines:[^:]*:([^:]+):/.exec(text)?.[1] ?? '').replaceAll(' ', '_').toUpperCase()}`;

/**
 * `node tools/image/launchers.mjs FOLDER`: the programs of the image, made from what `npm run service` uses, so that V8's
 * flags stand in one place.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flagsOf, serviceEnvironment, serviceNames } from '../services.mjs';

const begin = '#!/bin/sh\nset -eu\n';
const here = 'app=$(dirname "$(dirname "$(readlink -f "$0")")")\n';
/** A university's own authority is trusted by every connection where its certificate lies beside the other secrets. */
const ownAuthority = `ca=$(dirname "\${ITK_CONFIG:-/etc/itk/itk.yaml}")/secrets/ca.pem
if [ -z "\${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$ca" ]; then export NODE_EXTRA_CA_CERTS="$ca"; fi
`;
const exported = Object.entries(serviceEnvironment)
  .map(([key, value]) => `export ${key}="\${${key}:-${value}}"\n`)
  .join('');

/** Name of a program -> its text. `services` have a `main.js`. */
export const launchers = (services = serviceNames()) => ({
  /** `run SERVICE [migrate]`, `run itk ...`, `run prepare`: what the image is started with. */
  run: `${begin}${here}${ownAuthority}case "\${1:-}" in
${services.map((name) => `  ${name}) flags='${flagsOf(name).join(' ')}' ;;\n`).join('')}  itk | prepare | healthy) name=$1; shift; exec "$app/bin/$name" "$@" ;;
  *) echo "Name a service: ${services.join(', ')}; or itk, prepare / Назовите службу" >&2; exit 2 ;;
esac
name=$1; shift
${exported}exec node $flags "$app/dist/apps/$name/main.js" "$@"
`,
  itk: `${begin}${here}${ownAuthority}exec node "$app/dist/apps/console/cli/main.js" "$@"\n`,
  /** Exit code 0 when the service is ready. Its own port: nothing else is installed that could ask. */
  healthy: `${begin}exec node -e "fetch('http://127.0.0.1:'+(process.env.HEALTH_PORT||8090)+'/health/ready').then((a)=>process.exit(a.ok?0:1),()=>process.exit(1))"\n`,
  /**
   * Before the services, at each installation and update: roles, tables, users, queues. DATABASE_URL and AMQP_URL are an
   * administrator's; the folder holds SERVICE/database-url and SERVICE/amqp-url; MANAGEMENT_URL names the broker's API.
   */
  prepare: `${begin}${here}${ownAuthority}folder=\${ITK_SERVICES:-/run/itk/services}
"$app/bin/itk" prepare database --services "$folder"
for name in ${services.join(' ')}; do
  [ -e "$folder/$name/database-url" ] || continue
  DATABASE_URL='' DATABASE_URL_FILE="$folder/$name/database-url" node "$app/dist/apps/$name/main.js" migrate
done
"$app/bin/itk" prepare broker --services "$folder" \${MANAGEMENT_URL:+--management "$MANAGEMENT_URL"}
`,
});

const [folder] = process.argv.slice(2);
if (folder && process.argv[1] === import.meta.filename) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(launchers())) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

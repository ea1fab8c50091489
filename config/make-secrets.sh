#!/bin/sh
# Makes the secrets of docker-compose.yml in config/secrets, each once: what is there stays. Needs openssl.
# Создаёт секреты для docker-compose.yml в config/secrets; что уже есть, не меняется. Нужен openssl.
set -eu
cd "$(dirname "$0")"
umask 077
folder=${1:-secrets}
mkdir -p "$folder/services" "$folder/systems" "$folder/sealing"
random() { openssl rand -hex 24; }
# once FILE TEXT: never over what is there
once() { [ -s "$1" ] || { printf '%s' "$2" > "$1"; echo "$1"; }; }

once "$folder/postgres-password" "$(random)"
once "$folder/rabbitmq-password" "$(random)"
once "$folder/grafana-password" "$(random)"
# an older script made it beside the others
[ ! -f "$folder/secret-key" ] || mv "$folder/secret-key" "$folder/sealing/secret-key"
once "$folder/sealing/secret-key" "$(openssl rand -base64 32)"
# of the demo's sandboxes
once "$folder/systems/demo-moodle-token" "$(random)"
once "$folder/systems/demo-1c-password" "$(random)"
once "$folder/admin-database-url" "postgres://itk_admin:$(cat "$folder/postgres-password")@postgres:5432/itk"
once "$folder/admin-amqp-url" "amqp://itk_admin:$(cat "$folder/rabbitmq-password")@rabbitmq:5672"
for service in onec-component onec-poller ims-gateway user-provisioner course-enroller success-reporter error-flagger console; do
  mkdir -p "$folder/services/$service"
  role=itk_$(echo "$service" | tr - _)
  once "$folder/services/$service/database-url" "postgres://$role:$(random)@postgres:5432/itk"
  once "$folder/services/$service/amqp-url" "amqp://$role:$(random)@rabbitmq:5672"
done

# RabbitMQ keeps sha256(salt + password) with the salt before it, in base64.
if [ ! -s "$folder/rabbitmq-definitions.json" ]; then
  work=$(mktemp -d)
  openssl rand 4 > "$work/salt"
  { cat "$work/salt"; printf '%s' "$(cat "$folder/rabbitmq-password")"; } | openssl dgst -sha256 -binary > "$work/hash"
  hash=$(cat "$work/salt" "$work/hash" | openssl base64 -A)
  rm -r "$work"
  cat > "$folder/rabbitmq-definitions.json" <<JSON
{
  "users": [{ "name": "itk_admin", "password_hash": "$hash", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": ["administrator"] }],
  "vhosts": [{ "name": "/" }],
  "permissions": [{ "user": "itk_admin", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" }]
}
JSON
  echo "$folder/rabbitmq-definitions.json"
fi
# The key of the door from the console to onec-component (docs/sign-in.md) as JWK: the last 32 bytes of its DER forms.
if [ ! -s "$folder/desk-key/key.json" ]; then
  mkdir -p "$folder/desk-key" "$folder/desk-public-keys"
  base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
  work=$(mktemp -d)
  openssl genpkey -algorithm ed25519 -outform DER > "$work/key"
  openssl pkey -inform DER -in "$work/key" -pubout -outform DER > "$work/public"
  public="\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"$(date +%F)-$(openssl rand -hex 2)\",\"x\":\"$(tail -c 32 "$work/public" | base64url)\""
  printf '{"keys":[{%s}]}\n' "$public" > "$folder/desk-public-keys/public-keys.json"
  printf '{%s,"d":"%s"}\n' "$public" "$(tail -c 32 "$work/key" | base64url)" > "$folder/desk-key/key.json"
  rm -r "$work"
  echo "$folder/desk-key/key.json"
  echo "$folder/desk-public-keys/public-keys.json"
fi

# The containers' user has to be able to read what it is given, and nobody else of this machine.
if [ "$(id -u)" = 0 ]; then
  chown -R 10001:10001 "$folder"
else
  # Not root: the containers run as whoever made the secrets.
  grep -qs '^ITK_USER=' ../.env || { echo "ITK_USER=$(id -u):$(id -g)" >> ../.env; echo '../.env: ITK_USER'; }
fi
# RabbitMQ reads it as a user of its own image; it holds no password, only a salted hash.
chmod a+x "$folder" && chmod a+r "$folder/rabbitmq-definitions.json"

#!/bin/sh
# Makes the secrets of docker-compose.yml in config/secrets, each once: what is there stays. Needs openssl.
# Создаёт секреты для docker-compose.yml в config/secrets; что уже есть, не меняется. Нужен openssl.
set -eu
cd "$(dirname "$0")"
umask 077
folder=${1:-secrets}
mkdir -p "$folder/services" "$folder/systems"
random() { openssl rand -hex 24; }
# once FILE TEXT: never over what is there
once() { [ -s "$1" ] || { printf '%s' "$2" > "$1"; echo "$1"; }; }

once "$folder/postgres-password" "$(random)"
once "$folder/rabbitmq-password" "$(random)"
once "$folder/grafana-password" "$(random)"
once "$folder/secret-key" "$(openssl rand -base64 32)"
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
# The containers' user has to be able to read what it is given, and nobody else of this machine.
if [ "$(id -u)" = 0 ]; then
  chown -R 10001:10001 "$folder"
else
  # Not root: the containers run as whoever made the secrets.
  grep -qs '^ITK_USER=' ../.env || { echo "ITK_USER=$(id -u):$(id -g)" >> ../.env; echo '../.env: ITK_USER'; }
fi
# RabbitMQ reads it as a user of its own image; it holds no password, only a salted hash.
chmod a+x "$folder" && chmod a+r "$folder/rabbitmq-definitions.json"

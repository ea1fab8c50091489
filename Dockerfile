# syntax=docker/dockerfile:1
# One image for all services: `docker run IMAGE user-provisioner`; `docker run IMAGE itk doctor`.
# BASE must hold Node 20.19 or newer. Ours stands on 24; another registry's copy may be named instead.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && node tools/image/launchers.mjs /image/bin
# What only a compiler or a debugger reads stays out: a quarter of the whole.
RUN mkdir -p /image && cp package.json package-lock.json /image/ && cd /image \
 && npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.md' \) -delete \
 && rm -rf node_modules/typeorm/browser \
 && mkdir dist && cp -R /build/dist/apps /build/dist/libs dist/ \
 && find dist -name '*.spec.js' -delete

# `docker build --target demo`: the sandboxes that stand in for Moodle and 1C:University.
FROM ${BASE} AS demo
WORKDIR /app
COPY --from=build /image /app
COPY --from=build /build/dist/sandbox /app/dist/sandbox
USER 10001:10001
ENTRYPOINT ["node"]

FROM ${BASE}
ENV NODE_ENV=production ITK_CONFIG=/etc/itk/itk.yaml HEALTH_PORT=8090 PATH=/app/bin:$PATH
WORKDIR /app
COPY --from=build /image /app
# Nobody's: a number, so that Kubernetes can see that it is not root.
USER 10001:10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["/app/bin/healthy"]
# SIGTERM: what is in hand is finished within 25 s.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/bin/run"]

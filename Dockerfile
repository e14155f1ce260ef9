# Debian 12 with the same scripts that a person uses: built in one stage, served from a smaller one.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY scripts/bootstrap scripts/bootstrap
RUN scripts/bootstrap --run
COPY . .
RUN scripts/build

FROM debian:bookworm-slim
COPY scripts/bootstrap /tmp/bootstrap
RUN /tmp/bootstrap --serve && rm -rf /var/lib/apt/lists/* /tmp/bootstrap \
    && useradd --system --home-dir /var/lib/outcry --create-home outcry
COPY --from=build /src/build/release/outcry /usr/bin/outcry
USER outcry
VOLUME /var/lib/outcry
ENV OUTCRY_STATE_DIR=/var/lib/outcry OUTCRY_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD curl -fsS http://127.0.0.1:8080/readyz || exit 1
ENTRYPOINT ["/usr/bin/outcry"]
CMD ["serve"]

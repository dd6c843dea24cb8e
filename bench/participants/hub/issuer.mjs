// A login service on the loopback address, from which the hub fetches keys as it does from a city's.
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

const AUDIENCE = "community-hub";

export async function openIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "bench", alg: "ES256" }] });
  const server = createServer((_request, response) =>
    response.setHeader("content-type", "application/json").end(keys),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  return {
    env: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE, OIDC_JWKS_URL: `${issuer}/keys` },
    /** A token of an app, bound to its purpose. */
    sign: (department, purpose, duties = ["read"]) =>
      new SignJWT({ department, duties, app: "bench", purpose })
        .setProtectedHeader({ alg: "ES256", kid: "bench" })
        .setSubject("bench")
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime("12h")
        .sign(privateKey),
    close: () => server.close(),
  };
}

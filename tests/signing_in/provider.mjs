// A real OpenID provider for the tests, with a page of its own to sign in at, and a lever to make it lie.
//
//   node provider.mjs PORT CALLBACK AFTER [HOST]
//
// POST /lever takes JSON: {"people": {...}} says who there is, {"lie": "none"} how the next identity tokens are wrong.
import { createHmac, createPublicKey, generateKeyPairSync, sign as signed } from 'node:crypto';
import { SignJWT, decodeJwt, importJWK } from 'jose';
import Provider from 'oidc-provider';

const [port, callback, after, host = '127.0.0.1'] = process.argv.slice(2);
const issuer = `http://${host}:${port}`;
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
const pem = createPublicKey(pair.privateKey).export({ type: 'spki', format: 'pem' });
let people = {};
let lie = '';

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'siklus',
    client_secret: 'a secret of the tests: neither here nor there',
    redirect_uris: [callback],
    post_logout_redirect_uris: [after],
  }],
  jwks: { keys: [jwk] },
  claims: {
    openid: ['sub', 'amr'],
    profile: ['name', 'preferred_username', 'nip', 'groups'],
    email: ['email', 'email_verified'],
    auth_time: null,
    acr: null,
    sid: null,
    iss: null,
  },
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, asked) => `/interaction/${asked.uid}` },
  findAccount: (_, id) => people[id] && ({ accountId: id, claims: () => ({ sub: id, ...people[id].claims }) }),
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, AuthorizationCode: 60, AccessToken: 600, IdToken: 600 },
});

const page = (text) => `<!doctype html><html lang="en"><title>Provider</title><main><h1>Provider</h1>${text}</main></html>`;
const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const read = async (ctx) => {
  const parts = [];
  for await (const part of ctx.req) parts.push(part);
  return Buffer.concat(parts).toString();
};

async function lied(token) {
  const claims = decodeJwt(token);
  const sign = async (said, header = {}, key = jwk) =>
    new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(await importJWK(key, 'RS256'));
  const hmac = (key) => {
    const head = `${encoded({ alg: 'HS256', kid: 'one' })}.${encoded(claims)}`;
    return `${head}.${createHmac('sha256', key).update(head).digest('base64url')}`;
  };
  const without = (name) => { const { [name]: _, ...rest } = claims; return rest; };
  switch (lie) {
    case 'none': return `${encoded({ alg: 'none' })}.${encoded(claims)}.`;
    case 'hs256 with the public key': return hmac(pem);
    case 'hs256 with the modulus': return hmac(Buffer.from(jwk.n, 'base64url'));
    case 'another key': return sign(claims, {}, { ...other.privateKey.export({ format: 'jwk' }), kid: 'one' });
    case 'its own key in the header': {
      const mine = small.publicKey.export({ format: 'jwk' });
      const head = `${encoded({ alg: 'ES256', kid: 'two', jwk: mine })}.${encoded(claims)}`;
      const by = signed('sha256', Buffer.from(head), { key: small.privateKey, dsaEncoding: 'ieee-p1363' });
      return `${head}.${by.toString('base64url')}`;
    }
    case 'a broken signature': return `${token.slice(0, -8)}AAAAAAAA`;
    case 'another nonce': return sign({ ...claims, nonce: 'swapped' });
    case 'no nonce': return sign(without('nonce'));
    case 'another audience': return sign({ ...claims, aud: 'another' });
    case 'two audiences': return sign({ ...claims, aud: ['siklus', 'another'], azp: 'siklus' });
    case 'another issuer': return sign({ ...claims, iss: 'https://issuer.example' });
    case 'expired': return sign({ ...claims, exp: claims.iat - 600, iat: claims.iat - 1200 });
    case 'no expiry': return sign(without('exp'));
    case 'from the future': return sign({ ...claims, iat: claims.iat + 3600, exp: claims.exp + 3600 });
    case 'an unknown critical header': {
      const head = `${encoded({ alg: 'RS256', kid: 'one', crit: ['siklus'], siklus: 1 })}.${encoded(claims)}`;
      return `${head}.${signed('sha256', Buffer.from(head), pair.privateKey).toString('base64url')}`;
    }
    case 'another access token': return sign({ ...claims, at_hash: encoded('0123456789abcdef') });
    case 'not asked again': return sign({ ...claims, auth_time: claims.iat - 7200 });
    case 'asked before we sent them': return sign({ ...claims, auth_time: claims.iat - 200 });
    case 'asked tomorrow': return sign({ ...claims, auth_time: claims.iat + 86400 });
    case 'asked at no time': return sign(without('auth_time'));
    case 'asked in words': return sign({ ...claims, auth_time: 'just now' });
    case 'no token': return undefined;
    default: return token;
  }
}

provider.use(async (ctx, next) => {
  const asked = ctx.path.match(/^\/interaction\/([\w-]+)$/);
  if (ctx.path === '/lever') {
    const given = JSON.parse(await read(ctx));
    if (given.people) people = given.people;
    if (given.lie !== undefined) lie = given.lie;
    ctx.body = 'set';
  } else if (asked && ctx.method === 'GET') {
    ctx.body = page('<form method="post"><label>Name <input name="login" required></label> <button>Sign in</button></form>');
  } else if (asked) {
    const login = new URLSearchParams(await read(ctx)).get('login');
    const { params } = await provider.interactionDetails(ctx.req, ctx.res);
    if (!people[login]) {
      await provider.interactionFinished(ctx.req, ctx.res, { error: 'access_denied' });
    } else {
      const grant = new provider.Grant({ accountId: login, clientId: params.client_id });
      grant.addOIDCScope(params.scope);
      grant.addOIDCClaims(['amr', 'auth_time']);
      const { amr } = people[login];
      await provider.interactionFinished(ctx.req, ctx.res, {
        login: { accountId: login, amr }, consent: { grantId: await grant.save() },
      });
    }
    ctx.respond = false;
  } else {
    await next();
    if (ctx.path === '/token' && ctx.body?.id_token) ctx.body = { ...ctx.body, id_token: await lied(ctx.body.id_token) };
    if (ctx.path === '/jwks' && lie === 'a strange key besides') ctx.body = { keys: [{ kty: 'OKP', crv: 'X999', x: 'AAAA', kid: 'zero' }, { kty: 'EC', crv: 'P-999', kid: 'odd' }, ...ctx.body.keys] };
    if (ctx.path === '/me' && lie === 'somebody else') ctx.body = { ...ctx.body, sub: 'somebody else' };
    if (ctx.path === '/.well-known/openid-configuration' && lie === 'calls itself otherwise') ctx.body = { ...ctx.body, issuer: 'https://issuer.example' };
    if (ctx.path === '/.well-known/openid-configuration' && lie === 'endless') ctx.body = 'x'.repeat(4_000_000);
  }
});

provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));

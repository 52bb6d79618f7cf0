import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context } from 'hono'
import { Problem } from './problem.ts'

/** Turned on when every script of the app goes through a policy. */
export const requiresTrustedTypes: boolean = false

/**
 * The build writes the policy of its own scripts, hashes included, into the page. As a header it
 * also holds for what is not parsed as our page, and only a header can forbid framing.
 */
export function pagePolicy(page: string): string {
  const written = /http-equiv="content-security-policy"\s+content="([^"]*)"/i.exec(page)?.[1]
  const policy = written?.replaceAll('&#39;', "'").replaceAll('&quot;', '"') ?? "default-src 'none'"
  const trusted = requiresTrustedTypes ? "; require-trusted-types-for 'script'" : ''
  return `${policy}; frame-ancestors 'none'${trusted}`
}

/** The rescue page runs one script of ours and speaks to nobody but us. */
const rescuePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'"
].join('; ')

/** Drawn by the build, in Finnish: it stands before any script has come. */
const signIn = 'sign-in.html'
const shell = 'app.html'
const rescue = 'rescue.html'

/** Which page an address that is no file's gets. */
function pageFor(path: string, cookies = ''): typeof signIn | typeof shell | typeof rescue {
  if (path === '/rescue') return rescue
  return path === '/sign-in' && !otherLanguage.test(cookies) ? signIn : shell
}

/** Whoever chose another one in this browser meets no Finnish first. */
const otherLanguage = /(?:^|; )language=(?!fi\b)/

/** The built app: its files, and the page for every address that is the app's own to route. */
export function clientFiles(folder: string): Hono {
  const app = new Hono()
  if (!existsSync(join(folder, shell))) return app
  const policyOf = (page: string) => pagePolicy(readFileSync(join(folder, page), 'utf8'))
  const policies = {
    [signIn]: policyOf(signIn),
    [shell]: policyOf(shell),
    [rescue]: rescuePolicy
  }

  app.use('*', async (c, next) => {
    await next()
    const { path } = c.req
    const immutable = path.startsWith('/_app/immutable/') && c.res.ok
    c.res.headers.set(
      'Cache-Control',
      immutable ? 'public, max-age=31536000, immutable' : 'no-cache'
    )
    const page = path === `/${rescue}` ? rescue : pageFor(path, c.req.header('cookie'))
    c.res.headers.set('Content-Security-Policy', policies[page])
    if (path === '/sign-in') c.res.headers.append('Vary', 'Cookie')
  })
  app.use('*', serveStatic({ root: folder, precompressed: true }))
  app.get('/_app/*', () => {
    throw new Problem('not-found')
  })
  const rewriteRequestPath = (path: string, c: Context) =>
    `/${pageFor(path, c.req.header('cookie'))}`
  app.get('*', serveStatic({ root: folder, rewriteRequestPath, precompressed: true }))
  return app
}

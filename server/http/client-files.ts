import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
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

/** The built app: its files, and the page for every address that is the app's own to route. */
export function clientFiles(folder: string): Hono {
  const app = new Hono()
  const pageFile = join(folder, 'app.html')
  if (!existsSync(pageFile)) return app
  const policy = pagePolicy(readFileSync(pageFile, 'utf8'))

  app.use('*', async (c, next) => {
    await next()
    const immutable = c.req.path.startsWith('/_app/immutable/') && c.res.ok
    c.res.headers.set(
      'Cache-Control',
      immutable ? 'public, max-age=31536000, immutable' : 'no-cache'
    )
    const isRescue = /^\/rescue(\.html)?$/.test(c.req.path)
    c.res.headers.set('Content-Security-Policy', isRescue ? rescuePolicy : policy)
  })
  app.use('*', serveStatic({ root: folder, precompressed: true }))
  app.get('/rescue', serveStatic({ root: folder, path: 'rescue.html', precompressed: true }))
  app.get('/_app/*', () => {
    throw new Problem('not-found')
  })
  app.get('*', serveStatic({ root: folder, path: 'app.html', precompressed: true }))
  return app
}

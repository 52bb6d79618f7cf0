import type { MiddlewareHandler } from 'hono'
import { isSecure } from './cookies.ts'

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), browsing-topics=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'X-Frame-Options': 'DENY'
} as const

const hsts = 'max-age=63072000; includeSubDomains'

/** An answer of the API is data: nothing in it may run, be framed or be kept. */
const forApi = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cache-Control': 'no-store'
} as const

/** Every answer, errors included, leaves through here. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const headers = c.res.headers
  for (const [name, value] of Object.entries(everywhere)) headers.set(name, value)
  if (isSecure(c)) headers.set('Strict-Transport-Security', hsts)
  if (c.req.path.startsWith('/api/'))
    for (const [name, value] of Object.entries(forApi)) headers.set(name, value)
}

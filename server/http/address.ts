import type { Context } from 'hono'
import { partsOf } from './parts.ts'

interface Socket {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/** Who holds the other end of the socket: it may be a proxy. */
export function remoteAddress(c: Context): string {
  const remote = (c.env as Socket | undefined)?.incoming?.socket?.remoteAddress ?? 'unknown'
  return remote.replace(/^::ffff:/, '')
}

/** Whose address it is; `X-Forwarded-For` is believed only from the configured proxy, and only its last word. */
export function clientAddress(c: Context): string {
  const address = remoteAddress(c)
  if (address !== partsOf(c).config.trustedProxy) return address
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || address
}

import type { Context } from 'hono'
import { partsOf } from './parts.ts'

interface Socket {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/** Whose address it is; `X-Forwarded-For` is believed only from the configured proxy, and only its last word. */
export function clientAddress(c: Context): string {
  const remote = (c.env as Socket | undefined)?.incoming?.socket?.remoteAddress ?? 'unknown'
  const address = remote.replace(/^::ffff:/, '')
  if (address !== partsOf(c).config.trustedProxy) return address
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || address
}

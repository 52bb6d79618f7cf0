import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { partsOf } from './parts.ts'

/** Over TLS every cookie is bound to this very host; on plain-http localhost browsers refuse the prefix. */
export function isSecure(c: Context): boolean {
  return partsOf(c).config.origins.every((origin) => origin.startsWith('https:'))
}

const fullName = (c: Context, name: string): string => (isSecure(c) ? `__Host-${name}` : name)

export function readCookie(c: Context, name: string): string | undefined {
  return getCookie(c, fullName(c, name))
}

/** Without `maxAgeSeconds` the cookie goes when the browser closes. */
export function writeCookie(c: Context, name: string, value: string, maxAgeSeconds?: number): void {
  setCookie(c, fullName(c, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(c),
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds })
  })
}

export function dropCookie(c: Context, name: string): void {
  writeCookie(c, name, '', 0)
}

/** The names of our cookies that begin so, without the prefix. */
export function cookieNames(c: Context, beginning: string): string[] {
  const prefix = fullName(c, beginning)
  return Object.keys(getCookie(c))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
}

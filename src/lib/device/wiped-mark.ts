import { ownCookies } from './cookies.ts'

/**
 * That this browser was wiped is the one thing that it may remember, until it is closed: so that
 * whoever looks at it next is told. It names nobody. A cookie, since all else is cleared.
 */
const name = 'wiped'

export function rememberWiped(): void {
  document.cookie = `${name}=1; path=/; samesite=strict`
}

export function recallWiped(): boolean {
  return ownCookies().split('; ').includes(`${name}=1`)
}

export function forgetWiped(): void {
  document.cookie = `${name}=; path=/; max-age=0; samesite=strict`
}

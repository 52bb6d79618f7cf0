import { ownCookies } from './cookies.ts'

/** Practice data says so on every screen, without a network too. Tells nobody anything. */
export function rememberPractice(isPractice: boolean): void {
  document.cookie = `practice=1; path=/; max-age=${isPractice ? 31_536_000 : 0}; samesite=strict`
}

export function recallPractice(): boolean {
  return /(?:^|; )practice=1/.test(ownCookies())
}

/** An iPad calls itself a Mac, but no Mac is touched with several fingers. */
export const isAppleTablet = (): boolean =>
  /iPad|iPhone/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)

export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches

/**
 * On an iPad the app on the Home Screen has a storage of its own, which Safari does not empty after a
 * week: whoever takes the device into use in a tab begins anew there. So it is added before anything is kept.
 */
export const isAddedFirst = (): boolean => isAppleTablet() && !isInstalled()

export type Keyboard = 'apple' | 'android' | 'desktop'

/** Whose settings decide whether what is typed stays on the device. */
export function keyboard(): Keyboard {
  if (isAppleTablet()) return 'apple'
  return navigator.userAgent.includes('Android') ? 'android' : 'desktop'
}

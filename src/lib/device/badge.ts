/**
 * The number on the installed app's icon: how much waits to be sent, of everybody on this device
 * (W3C Badging API). Zero takes it off. Where a platform has none, or forbids it, nothing is lost.
 */
export function showBadge(unsent: number): void {
  const { setAppBadge } = navigator as Partial<NavigatorBadge>
  void setAppBadge?.call(navigator, unsent).catch(() => undefined)
}

import { isAppleTablet, isInstalled } from './platform.ts'

/**
 * What a browser lacks and the app can bear: nothing of it costs a note, and all of it is told to the
 * person in plain words. Whether it promises to keep what lies here, it can be asked again: StorageCard. What it cannot bear is in `support.ts`.
 */
export const shortfalls = [
  'offline-start',
  'erasable-keys',
  'passkey',
  'derived-secret',
  'background-sync',
  'space',
  'install-ipad',
  'install-menu'
] as const
export type Shortfall = (typeof shortfalls)[number]

export interface Abilities {
  readonly serviceWorker: boolean
  readonly opfs: boolean
  readonly passkeys: boolean
  /** PRF, WebAuthn L3 § 10.1.4; null where the browser does not say. */
  readonly prf: boolean | null
  readonly backgroundSync: boolean
  readonly estimate: boolean
  readonly installed: boolean
  /** Whether the browser offers to install by itself. */
  readonly offersInstall: boolean
  readonly isAppleTablet: boolean
}

export function shortfallsOf(can: Abilities): Shortfall[] {
  const byMenu = !can.installed && !can.offersInstall
  const lacks: Readonly<Record<Shortfall, boolean>> = {
    'offline-start': !can.serviceWorker,
    'erasable-keys': !can.opfs,
    passkey: !can.passkeys,
    'derived-secret': can.passkeys && can.prf === false,
    'background-sync': !can.backgroundSync,
    space: !can.estimate,
    'install-ipad': byMenu && can.isAppleTablet,
    'install-menu': byMenu && !can.isAppleTablet
  }
  return shortfalls.filter((shortfall) => lacks[shortfall])
}

/** What this browser says of itself; the keyring's place is known to whoever made it. */
export async function readAbilities(opfs: boolean): Promise<Abilities> {
  const storage = 'storage' in navigator ? (navigator.storage as Partial<StorageManager>) : {}
  return {
    serviceWorker: 'serviceWorker' in navigator,
    opfs,
    passkeys: 'PublicKeyCredential' in globalThis,
    prf: await knowsPrf(),
    backgroundSync: 'SyncManager' in globalThis,
    estimate: 'estimate' in storage,
    installed: isInstalled(),
    offersInstall: 'onbeforeinstallprompt' in globalThis,
    isAppleTablet: isAppleTablet()
  }
}

async function knowsPrf(): Promise<boolean | null> {
  try {
    const capabilities = await PublicKeyCredential.getClientCapabilities()
    return capabilities['extension:prf'] ?? null
  } catch {
    // Older browsers have it, or not, without saying.
    return null
  }
}

import { createContext } from 'svelte'
import { dev } from '$app/environment'
import { Workbox } from 'workbox-window'

const lookEveryMilliseconds = 60 * 60_000

/** Registers the service worker, and knows when a new version waits. It takes over only when asked to. */
export class Registration {
  newVersionReady = $state(false)
  #workbox: Workbox | null = null
  #waiting: ServiceWorker | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #leave: () => void

  constructor(leave: () => void) {
    this.#leave = leave
  }

  /** Answers how to stop. */
  start(): () => void {
    if (dev || !('serviceWorker' in navigator)) return () => undefined
    // A classic one: it is built whole, and Firefox before 147 knows no workers that import.
    const workbox = new Workbox('/service-worker.js')
    this.#workbox = workbox
    workbox.addEventListener('waiting', ({ sw }) => {
      this.#waiting = sw ?? null
      this.newVersionReady = true
    })
    // Whether it is an update is not asked of the library: it takes one found later for somebody else's.
    let isControlled = navigator.serviceWorker.controller !== null
    workbox.addEventListener('controlling', () => {
      if (isControlled) this.#leave()
      isControlled = true
    })
    // Refused where storage is forbidden: the app then works with a network only.
    void workbox.register({ immediate: true }).catch(() => undefined)
    this.#timer = setInterval(this.#look, lookEveryMilliseconds)
    document.addEventListener('visibilitychange', this.#turn)
    return () => {
      clearInterval(this.#timer)
      document.removeEventListener('visibilitychange', this.#turn)
    }
  }

  /** The page is loaded anew by the new version; what is typed must be sealed before. */
  takeNewVersion(): void {
    if (this.#waiting?.state === 'installed') this.#waiting.postMessage({ type: 'skip-waiting' })
    else location.reload()
  }

  /** The day is there: now what it can do without may come too. */
  keepLater(): void {
    navigator.serviceWorker.controller?.postMessage({ type: 'keep-later' })
  }

  readonly #turn = (): void => {
    if (document.visibilityState === 'visible') this.#look()
    // Leaving, it may be the last chance for a while: whoever stays awake carries on.
    else navigator.serviceWorker.controller?.postMessage({ type: 'deliver' })
  }

  readonly #look = (): void => {
    void this.#workbox?.update().catch(() => undefined)
  }
}

export const [useRegistration, provideRegistration] = createContext<Registration>()

import { createContext } from 'svelte'
import { dev } from '$app/environment'
import { whenQuiet } from './quiet.ts'

const lookEveryMilliseconds = 60 * 60_000

/** Registers the service worker, and knows when a new version waits. It takes over only when asked to. */
export class Registration {
  newVersionReady = $state(false)
  /** The app's own files: once they are kept it opens without a network. */
  files = $state<'never' | 'coming' | 'kept'>('never')
  #registration: ServiceWorkerRegistration | null = null
  #isTaking = false
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #leave: () => void
  readonly #fallSilent: () => void

  /** `leave` loads the page anew; `fallSilent` lets what the page asks by itself rest for a while. */
  constructor(o: { leave: () => void; fallSilent: () => void }) {
    this.#leave = o.leave
    this.#fallSilent = o.fallSilent
  }

  /** Answers how to stop. */
  start(): () => void {
    if (dev || !('serviceWorker' in navigator)) return () => undefined
    const { serviceWorker } = navigator
    let isControlled = serviceWorker.controller !== null
    const takenOver = () => {
      if (isControlled) this.#leave()
      isControlled = true
    }
    // Before anything is waited for: a take-over in the meantime would never be heard of.
    serviceWorker.addEventListener('controllerchange', takenOver)
    serviceWorker.addEventListener('message', this.#hear)
    void this.#register()
    this.files = 'coming'
    void serviceWorker.ready.then(() => (this.files = 'kept'))
    this.#timer = setInterval(this.#look, lookEveryMilliseconds)
    document.addEventListener('visibilitychange', this.#turn)
    return () => {
      clearInterval(this.#timer)
      serviceWorker.removeEventListener('controllerchange', takenOver)
      serviceWorker.removeEventListener('message', this.#hear)
      document.removeEventListener('visibilitychange', this.#turn)
    }
  }

  /** The app has been opened in this browser before. */
  get isKept(): boolean {
    return !dev && 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null
  }

  /** The page is loaded anew by the new version; what is typed must be sealed before. */
  async takeNewVersion(): Promise<void> {
    if (!this.#registration?.waiting) {
      location.reload()
      return
    }
    this.#fallSilent()
    await whenQuiet()
    this.#isTaking = true
    this.#see()
  }

  /** The day is there: now what it can do without may come too. */
  keepLater(): void {
    navigator.serviceWorker.controller?.postMessage({ type: 'keep-later' })
  }

  async #register(): Promise<void> {
    const { controller } = navigator.serviceWorker
    const entry = document.querySelector('[href*="/entry/app."]')?.getAttribute('href')
    if (entry) controller?.postMessage({ type: 'is-yours', entry })
    try {
      // A classic one: it is built whole, and Firefox before 147 knows no workers that import.
      const registration = await navigator.serviceWorker.register('/service-worker.js')
      this.#registration = registration
      registration.addEventListener('updatefound', this.#follow)
      this.#follow()
    } catch {
      // Refused where storage is forbidden: the app then works with a network only.
    }
  }

  /** Each one that comes, however many come while a page stays open. */
  readonly #follow = (): void => {
    this.#registration?.installing?.addEventListener('statechange', this.#see)
    this.#see()
  }

  /** The first worker of all waits for a moment too, and is no new version. */
  readonly #see = (): void => {
    const waiting = this.#registration?.waiting
    const { controller } = navigator.serviceWorker
    if (!waiting || !controller) return
    this.newVersionReady = true
    // A still newer one may have come in its place after it was asked for.
    if (!this.#isTaking) return
    controller.postMessage({ type: 'let-go' })
    waiting.postMessage({ type: 'skip-waiting' })
  }

  /** It took over while this page was on its way. Loaded anew once: whatever else is wrong must not go round in circles. */
  readonly #hear = ({ data }: MessageEvent<unknown>): void => {
    if (data !== 'not-mine') return
    const [loading] = performance.getEntriesByType('navigation')
    const isAnew = (loading as PerformanceNavigationTiming | undefined)?.type === 'reload'
    if (isAnew) this.newVersionReady = true
    else this.#leave()
  }

  readonly #turn = (): void => {
    if (document.visibilityState === 'visible') this.#look()
    // Leaving, it may be the last chance for a while: whoever stays awake carries on.
    else navigator.serviceWorker.controller?.postMessage({ type: 'deliver' })
  }

  /** A first worker that was cut off while it fetched its files is gone, and asked for anew. */
  readonly #look = (): void => {
    if (this.files === 'coming') void this.#register()
    else void this.#registration?.update().catch(() => undefined)
  }
}

export const [useRegistration, provideRegistration] = createContext<Registration>()

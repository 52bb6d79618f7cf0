import { createContext } from 'svelte'

interface InstallEvent extends Event {
  prompt(): Promise<unknown>
}

/** Keeps the browser's own offer to install until the person has time for it. */
export class Installation {
  #offer = $state.raw<InstallEvent | null>(null)

  get isOffered(): boolean {
    return this.#offer !== null
  }

  /** Answers how to stop listening. */
  start(): () => void {
    const keep = (event: Event): void => {
      event.preventDefault()
      this.#offer = event as InstallEvent
    }
    const done = (): void => {
      this.#offer = null
    }
    addEventListener('beforeinstallprompt', keep)
    addEventListener('appinstalled', done)
    return () => {
      removeEventListener('beforeinstallprompt', keep)
      removeEventListener('appinstalled', done)
    }
  }

  async install(): Promise<void> {
    const offer = this.#offer
    this.#offer = null
    await offer?.prompt()
  }
}

export const [useInstallation, provideInstallation] = createContext<Installation>()

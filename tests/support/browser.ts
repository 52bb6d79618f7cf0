import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome'
].find((path) => existsSync(path))

export const screens = {
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 }
} as const

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera that films a test card, and nobody to ask.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream'
]

/** A browser with a profile of its own on disk, which outlives the browser: closed and opened again it is the same tablet. */
export class Tablet {
  readonly profile: string
  readonly screen: keyof typeof screens
  #context: BrowserContext | null = null

  private constructor(profile: string, screen: keyof typeof screens) {
    this.profile = profile
    this.screen = screen
  }

  static async create(screen: keyof typeof screens = 'tablet'): Promise<Tablet> {
    const tablet = new Tablet(await mkdtemp(join(tmpdir(), 'tablet-')), screen)
    await tablet.open()
    return tablet
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is closed')
    return this.#context
  }

  async open(): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.profile, {
      ...(executablePath ? { executablePath } : {}),
      headless: true,
      args: quiet,
      viewport: screens[this.screen],
      locale: 'fi-FI',
      timezoneId: 'Europe/Helsinki',
      hasTouch: this.screen !== 'desktop'
    })
    this.#context.setDefaultTimeout(15_000)
    return this.#context
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  async destroy(): Promise<void> {
    await this.close()
    await rm(this.profile, { recursive: true, force: true })
  }
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

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

  /** `fontSize`: what its person has set the browser's text to, in pixels. */
  static async create(
    screen: keyof typeof screens = 'tablet',
    o: { readonly fontSize?: number } = {}
  ): Promise<Tablet> {
    const tablet = new Tablet(await mkdtemp(join(tmpdir(), 'tablet-')), screen)
    if (o.fontSize) await setFontSize(tablet.profile, o.fontSize)
    await tablet.open()
    return tablet
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is closed')
    return this.#context
  }

  /** The page that it opens with. */
  async firstPage(): Promise<Page> {
    return this.context.pages()[0] ?? (await this.context.newPage())
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
    this.#context.setDefaultTimeout(30_000)
    return this.#context
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  /** Its plug is pulled: every process that lives on this profile dies at once. */
  async kill(): Promise<void> {
    const context = this.#context
    this.#context = null
    const gone = context && new Promise<void>((resolve) => context.once('close', () => resolve()))
    for (const pid of await processesOn(this.profile)) tell(pid, 'SIGKILL')
    await gone
  }

  /** It falls asleep wherever it is: nothing on it runs, and its clock goes on. */
  async sleep(milliseconds: number): Promise<void> {
    const asleep = await processesOn(this.profile)
    for (const pid of asleep) tell(pid, 'SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    for (const pid of asleep) tell(pid, 'SIGCONT')
  }

  async destroy(): Promise<void> {
    await this.close()
    await rm(this.profile, { recursive: true, force: true })
  }
}

/** Linux tells what each process was started with. */
async function processesOn(profile: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (line.split('\0').includes(`--user-data-dir=${profile}`)) found.push(Number(name))
  }
  return found
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It went by itself.
  }
}

async function setFontSize(profile: string, size: number): Promise<void> {
  const preferences = { webkit: { webprefs: { default_font_size: size } } }
  await mkdir(join(profile, 'Default'), { recursive: true })
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
}

import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type Browser, type ElementHandle, type Page } from 'puppeteer-core'
import { screens } from '#tests/support/browser.ts'
import type { Engine } from './engine.ts'

export const firefoxPath = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) =>
  existsSync(path)
)

/** Firefox by WebDriver BiDi. */
export class Firefox implements Engine {
  readonly name = 'Firefox'
  readonly remembers = true
  readonly lacks = [
    'Lähettää vain, kun sovellus on auki',
    // It asks the person for this, and nobody here answers.
    'Selain ei ole luvannut säilyttää tietoja',
    'Asenna sovellus selaimen valikosta'
  ]
  readonly complaints: string[] = []
  readonly #path: string
  #profile = ''
  #browser: Browser | null = null
  #page: Page | null = null

  constructor(path: string) {
    this.#path = path
  }

  async open(): Promise<void> {
    if (this.#profile === '') this.#profile = await mkdtemp(join(tmpdir(), 'firefox-'))
    this.#browser = await launch({
      browser: 'firefox',
      executablePath: this.#path,
      userDataDir: this.#profile,
      headless: true,
      defaultViewport: screens.tablet,
      extraPrefsFirefox: { 'intl.accept_languages': 'fi-FI' }
    })
    const [page = await this.#browser.newPage()] = await this.#browser.pages()
    page.on('pageerror', (error) =>
      this.complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    )
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    this.#page = page
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    this.#browser = null
    this.#page = null
  }

  async destroy(): Promise<void> {
    await this.close()
    if (this.#profile !== '') await rm(this.#profile, { recursive: true, force: true })
  }

  async version(): Promise<string> {
    return (await this.#browser?.version()) ?? ''
  }

  async goto(url: string): Promise<void> {
    await this.#shown.goto(url)
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#shown.evaluate(expression)
  }

  async press(expression: string): Promise<void> {
    const element = await this.#element(expression)
    await element.click()
  }

  async type(expression: string, words: string): Promise<void> {
    const element = await this.#element(expression)
    await element.evaluate((field) => (field as HTMLInputElement).select())
    await element.type(words)
  }

  get #shown(): Page {
    if (!this.#page) throw new Error('Firefox is closed')
    return this.#page
  }

  async #element(expression: string): Promise<ElementHandle> {
    const element = (await this.#shown.evaluateHandle(expression)).asElement()
    if (!element) throw new Error(`not there: ${expression.slice(-80)}`)
    return element as ElementHandle
  }
}

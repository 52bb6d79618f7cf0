import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Builder, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver'
import { screens } from '#tests/support/browser.ts'
import { freePort } from '#tests/support/server-process.ts'
import type { Engine } from './engine.ts'

const driver = '/usr/bin/WebKitWebDriver'
const display = '/usr/bin/Xvfb'
const [browser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')

/** All three, or none: the driver, the browser that it starts, and a screen for it to draw on. */
export const webkitPath = existsSync(driver) && existsSync(display) ? browser : undefined

/** Errors of the network are what the journey is about; a page's own are not. */
const complaint = /CONSOLE (?:JS|SECURITY) (?:ERROR|WARN).*/g

/** WebKitGTK's own small browser by WebKitWebDriver, on a screen that nobody looks at. */
export class WebKit implements Engine {
  readonly name = 'WebKitGTK'
  readonly remembers = false
  readonly lacks = [
    'Avaimia ei voi pyyhkiä levyltä kokonaan',
    'Laite avataan vain salalauseella',
    'Lähettää vain, kun sovellus on auki',
    'Selain ei ole luvannut säilyttää tietoja',
    'Selain ei kerro, paljonko tilaa on jäljellä',
    'Asenna sovellus selaimen valikosta'
  ]
  readonly #path: string
  #home = ''
  #output = ''
  #screen: ChildProcess | null = null
  #server: ChildProcess | null = null
  #driver: WebDriver | null = null

  constructor(path: string) {
    this.#path = path
  }

  get complaints(): readonly string[] {
    return this.#output.match(complaint) ?? []
  }

  async open(): Promise<void> {
    if (this.#home === '') this.#home = await mkdtemp(join(tmpdir(), 'webkit-'))
    const port = await freePort()
    const shown = await this.#showScreen()
    this.#server = spawn(driver, [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: shown,
        LANG: 'fi_FI.UTF-8',
        HOME: this.#home,
        XDG_DATA_HOME: join(this.#home, 'data'),
        XDG_CACHE_HOME: join(this.#home, 'cache'),
        XDG_CONFIG_HOME: join(this.#home, 'config'),
        GDK_BACKEND: 'x11',
        // No graphics card, and nobody to look.
        WEBKIT_DISABLE_DMABUF_RENDERER: '1',
        LIBGL_ALWAYS_SOFTWARE: '1'
      },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    for (const stream of [this.#server.stdout, this.#server.stderr])
      stream?.on('data', (text: Buffer) => (this.#output += text.toString()))
    await answers(`http://127.0.0.1:${port}/status`)
    this.#driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(
        new Capabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': {
            binary: this.#path,
            args: ['--automation', '--enable-write-console-messages-to-stdout=true']
          }
        })
      )
      .build()
    await this.#driver
      .manage()
      .window()
      .setRect({ x: 0, y: 0, ...screens.tablet })
    await this.#driver.manage().setTimeouts({ script: 60_000, pageLoad: 60_000 })
  }

  async close(): Promise<void> {
    await this.#driver?.quit()
    this.#driver = null
    await end(this.#server)
    await end(this.#screen)
    this.#server = null
    this.#screen = null
  }

  async destroy(): Promise<void> {
    await this.close()
    if (this.#home !== '') await rm(this.#home, { recursive: true, force: true })
  }

  async version(): Promise<string> {
    const capabilities = await this.#shown.getCapabilities()
    return `${capabilities.getBrowserName() ?? ''} ${capabilities.getBrowserVersion() ?? ''}`.trim()
  }

  async goto(url: string): Promise<void> {
    await this.#shown.get(url)
  }

  async evaluate(expression: string): Promise<unknown> {
    const answer: { value?: unknown; failed?: string } = await this.#shown.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       Promise.resolve().then(() => (${expression})).then(
         (value) => done({ value }), (error) => done({ failed: String(error) }))`
    )
    if (answer.failed !== undefined) throw new Error(answer.failed)
    return answer.value
  }

  async press(expression: string): Promise<void> {
    const element = await this.#element(expression)
    // To the middle of the screen: the driver itself stops where a bar lies over it.
    await this.#shown.executeScript('arguments[0].scrollIntoView({ block: "center" })', element)
    await element.click()
  }

  async type(expression: string, words: string): Promise<void> {
    const element = await this.#element(expression)
    await element.clear()
    await element.sendKeys(words)
  }

  get #shown(): WebDriver {
    if (!this.#driver) throw new Error('WebKit is closed')
    return this.#driver
  }

  async #element(expression: string): Promise<WebElement> {
    const element: WebElement | null = await this.#shown.executeScript(`return ${expression}`)
    if (!element) throw new Error(`not there: ${expression.slice(-80)}`)
    return element
  }

  /** Whichever number is free. */
  async #showScreen(): Promise<string> {
    const { width, height } = screens.tablet
    this.#screen = spawn(
      display,
      ['-displayfd', '3', '-screen', '0', `${width + 40}x${height + 120}x24`],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }
    )
    const told = this.#screen.stdio[3] as NodeJS.ReadableStream
    const [number] = (await once(told, 'data')) as [Buffer]
    return `:${number.toString().trim()}`
  }
}

async function answers(url: string): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  while (performance.now() < giveUpAt) {
    if (await fetch(url).catch(() => null)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the driver does not answer')
}

async function end(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

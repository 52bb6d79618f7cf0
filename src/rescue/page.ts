import { fetchAppAnew } from './app-anew.ts'
import { saveFiles } from './file.ts'
import { sendOutbox, type Sent } from './send.ts'
import { readOutbox, residents, type Outbox, type Resident } from './stored.ts'
import { fillIn, rescueWords, type RescueLanguage, type RescueWords } from './words.ts'

type Found = Resident & { readonly outbox: Outbox | null }

const languages = { fi: 'Suomi', sv: 'Svenska', en: 'English' } as const

function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  set: Partial<Pick<HTMLElement, 'className' | 'textContent'>> = {},
  children: readonly Node[] = []
): HTMLElementTagNameMap[T] {
  const element = Object.assign(document.createElement(tag), set)
  element.append(...children)
  return element
}

/** The whole page, drawn by hand: what it needs is itself. */
export class RescuePage {
  readonly #main: HTMLElement
  #language: RescueLanguage
  #found: readonly Found[] | null = null
  /** The app still has them to deliver, and will hear that they are there. */
  readonly #settled = new Set<string>()
  #told: { readonly text: string; readonly wrong: boolean } | null = null
  #busy: 'send' | 'save' | 'anew' | null = null

  constructor(main: HTMLElement, language: RescueLanguage) {
    this.#main = main
    this.#language = language
  }

  async start(): Promise<void> {
    this.#draw()
    await this.#look()
  }

  get #words(): RescueWords {
    return rescueWords[this.#language]
  }

  async #look(): Promise<void> {
    const found: Found[] = []
    for (const resident of await residents().catch(() => [])) {
      const outbox = await readOutbox(resident.device).catch(() => null)
      found.push({ ...resident, outbox })
    }
    this.#found = found
    this.#draw()
  }

  #draw(): void {
    const words = this.#words
    const focused = document.activeElement?.id
    document.documentElement.lang = this.#language
    document.title = `${words.title} – Kotikäynti`
    this.#main.replaceChildren(
      make('h1', { textContent: words.title }),
      make('p', { textContent: words.lede }),
      make('p', { className: 'never', textContent: words.never }),
      this.#notes(),
      this.#app(),
      this.#languages()
    )
    if (focused) document.getElementById(focused)?.focus()
  }

  #notes(): HTMLElement {
    const words = this.#words
    const section = make('section', {}, [make('h2', { textContent: words.notes })])
    const found = this.#found
    if (!found) section.append(make('p', { className: 'soft', textContent: words.reading }))
    else if (found.length === 0) section.append(make('p', { textContent: words.nobody }))
    for (const [index, one] of (found ?? []).entries()) section.append(...this.#lines(one, index))
    const told = make('p', {
      className: this.#told?.wrong ? 'told wrong' : 'told',
      textContent: this.#told?.text ?? ''
    })
    told.setAttribute('role', 'status')
    section.append(told)
    if (this.#waiting.length > 0) {
      section.append(
        make('div', { className: 'row' }, [
          this.#button('send', words.send, () => this.#send(), 'primary'),
          this.#button('save', words.save, () => this.#save())
        ])
      )
    }
    return section
  }

  #lines({ name, outbox }: Found, index: number): HTMLElement[] {
    const words = this.#words
    const whose = make('p', {
      className: 'soft',
      textContent: name ?? fillIn(words.device, { number: index + 1 })
    })
    if (!outbox) return [whose, make('p', { textContent: words.unreadable })]
    const waiting = this.#unsettled(outbox)
    const notes = waiting.filter(({ kind }) => kind !== 'quiet')
    const others = waiting.length - notes.length
    const count =
      notes.length === 0 ? words.nothing : fillIn(words.waiting, { count: notes.length })
    const lines = [whose, make('p', { className: 'count', textContent: count })]
    const written = notes.flatMap(({ writtenAt }) => writtenAt ?? [])
    if (written.length > 0) {
      const time = this.#time(Math.min(...written))
      lines.push(make('p', { textContent: fillIn(words.since, { time }) }))
    }
    if (others > 0)
      lines.push(
        make('p', { className: 'soft', textContent: fillIn(words.more, { count: others }) })
      )
    return lines
  }

  #time(at: number): string {
    return new Intl.DateTimeFormat(this.#language === 'en' ? 'en-GB' : this.#language, {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: 'Europe/Helsinki'
    }).format(at)
  }

  #app(): HTMLElement {
    const words = this.#words
    const open = make('a', { className: 'button', textContent: words.open })
    open.href = '/'
    return make('section', {}, [
      make('h2', { textContent: words.app }),
      make('div', { className: 'row' }, [open]),
      make('p', { className: 'soft', textContent: words.anewMeans }),
      make('div', { className: 'row' }, [this.#button('anew', words.anew, () => this.#fetchAnew())])
    ])
  }

  #languages(): HTMLElement {
    const row = make('div', { className: 'row languages' })
    row.setAttribute('role', 'group')
    row.setAttribute('aria-label', this.#words.language)
    for (const language of Object.keys(languages) as RescueLanguage[]) {
      const button = make('button', { textContent: languages[language] })
      button.id = language
      button.lang = language
      button.setAttribute('aria-pressed', String(language === this.#language))
      button.onclick = () => {
        this.#language = language
        this.#told = null
        this.#draw()
      }
      row.append(button)
    }
    return row
  }

  #button(
    id: 'send' | 'save' | 'anew',
    text: string,
    act: () => Promise<void>,
    className = ''
  ): HTMLButtonElement {
    const isBusy = this.#busy === id
    const button = make('button', { className, textContent: isBusy ? this.#words.busy : text })
    button.id = id
    // Not `disabled`: the focus stays where the person put it.
    button.setAttribute('aria-disabled', String(this.#busy !== null))
    button.onclick = () => {
      if (this.#busy === null) void this.#during(id, act)
    }
    return button
  }

  async #during(id: 'send' | 'save' | 'anew', act: () => Promise<void>): Promise<void> {
    this.#busy = id
    this.#told = null
    this.#draw()
    try {
      await act()
    } catch {
      this.#told = { text: this.#words.failed, wrong: true }
    }
    this.#busy = null
    this.#draw()
  }

  get #waiting(): string[] {
    return (this.#found ?? []).flatMap(({ device, outbox }) =>
      outbox && this.#unsettled(outbox).length > 0 ? device : []
    )
  }

  #unsettled({ waiting }: Outbox): Outbox['waiting'] {
    return waiting.filter(({ envelope }) => !this.#settled.has(envelope.id))
  }

  async #send(): Promise<void> {
    const all: Sent[] = []
    for (const device of this.#waiting) all.push(await sendOutbox(device))
    for (const id of all.flatMap(({ settled }) => settled)) this.#settled.add(id)
    const words = this.#words
    const sum = (of: (sent: Sent) => number) => all.reduce((total, sent) => total + of(sent), 0)
    const arrived = sum((sent) => sent.arrived)
    const decides = sum((sent) => sent.decides)
    const left = sum((sent) => sent.left)
    const stopped = all.find((sent) => sent.stopped)?.stopped ?? null
    const text = [
      ...(arrived > 0 ? [fillIn(words.arrived, { count: arrived })] : []),
      ...(decides > 0 ? [fillIn(words.decides, { count: decides })] : []),
      ...(arrived + decides > 0 ? [words.learns] : []),
      ...(stopped ? [words[stopped]] : left > 0 ? [fillIn(words.left, { count: left })] : [])
    ].join(' ')
    this.#told = { text, wrong: stopped !== null }
  }

  async #save(): Promise<void> {
    await saveFiles(this.#waiting)
    this.#told = { text: this.#words.saved, wrong: false }
  }

  async #fetchAnew(): Promise<void> {
    if (await fetchAppAnew()) location.replace('/')
    else this.#told = { text: this.#words.anewAway, wrong: true }
  }
}

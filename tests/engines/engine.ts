/**
 * A browser that Playwright does not drive, with a profile of its own: closed and opened again it is
 * the same tablet, where the engine can. Only what every WebDriver knows is asked of it.
 */
export interface Engine {
  readonly name: string
  /** Whether a profile outlives the browser when a program drives it. */
  readonly remembers: boolean
  /** What the page Me says that it lacks. */
  readonly lacks: readonly string[]
  /** Every error that a page told the console of. */
  readonly complaints: readonly string[]
  open(): Promise<void>
  close(): Promise<void>
  destroy(): Promise<void>
  version(): Promise<string>
  goto(url: string): Promise<void>
  /** The value of an expression in the page, awaited. */
  evaluate(expression: string): Promise<unknown>
  /** Clicks the element that the expression gives, as a finger would. */
  press(expression: string): Promise<void>
  /** Types into it, key by key, in place of what stood there. */
  type(expression: string, words: string): Promise<void>
}

export type Role = 'button' | 'link' | 'heading' | 'checkbox' | 'textbox' | 'radio' | 'text'

/** What a person sees: `name` is whole, or the beginning of it where `begins` is set. */
export interface Sought {
  readonly role: Role
  readonly name: string
  readonly begins?: boolean
}

const selectors: Readonly<Record<Role, string>> = {
  button: 'button,[role=button]',
  link: 'a[href]',
  heading: 'h1',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  textbox: 'input:not([type=checkbox],[type=radio]),textarea',
  text: 'body *'
}

/** Runs in the page, so it brings along all it needs. */
function findInPage(selector: string, name: string, begins: boolean): Element | null {
  const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
  const namesOf = (element: Element): string[] => {
    const labels = [...((element as HTMLInputElement).labels ?? [])]
    const by = element.getAttribute('aria-labelledby')
    const labelled = by ? document.getElementById(by)?.textContent : null
    return [
      element.getAttribute('aria-label'),
      labelled,
      ...labels.map((label) => label.textContent),
      element.textContent
    ].map(tidy)
  }
  const fits = (text: string) => (begins ? text.startsWith(name) : text === name)
  const isSeen = (element: Element) => element.getClientRects().length > 0
  const found = [...document.querySelectorAll(selector)].filter(
    (element) => isSeen(element) && !element.closest('[inert]') && namesOf(element).some(fits)
  )
  // Of elements that say the same the innermost, which is where a finger lands.
  return found.find((one) => !found.some((other) => other !== one && one.contains(other))) ?? null
}

/** The expression that finds it in a page, or null. */
export const finding = ({ role, name, begins = false }: Sought): string =>
  `(${findInPage.toString()})(${[selectors[role], name, begins].map((each) => JSON.stringify(each)).join(', ')})`

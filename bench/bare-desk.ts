import { customershipListSchema, type CustomershipSearch } from '#contract/customership.ts'
import { protocolHeader } from '#contract/version.ts'
import { password, people } from '#tests/support/household.ts'

/** A desk without a browser: what the server itself takes, and the wire on one machine. */
export class BareDesk {
  readonly #origin: string
  #cookie = ''

  constructor(origin: string) {
    this.#origin = origin
  }

  async ask(method: string, path: string, body?: unknown): Promise<{ took: number; text: string }> {
    const start = performance.now()
    const answer = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        [protocolHeader]: '1',
        Origin: this.#origin,
        ...(this.#cookie ? { Cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    const took = performance.now() - start
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    const [cookie] = answer.headers.getSetCookie()
    if (cookie) this.#cookie = cookie.split(';')[0] ?? ''
    return { took, text }
  }

  async signIn(): Promise<void> {
    const { username } = people.coordinator
    await this.ask('POST', '/api/session', { username, password })
  }

  async search(asked: CustomershipSearch): Promise<{ took: number; total: number; id: string }> {
    const { took, text } = await this.ask('POST', '/api/office/customerships/search', asked)
    const { total, customerships } = customershipListSchema.parse(JSON.parse(text))
    return { took, total, id: customerships[0]?.id ?? '' }
  }
}

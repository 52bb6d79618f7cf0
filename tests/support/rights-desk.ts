import type { Locator, Page } from 'playwright-core'
import type { CustomershipId } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { heading } from './door.ts'

/** The provider itself answers for what is recorded of them. */
export async function answerOurselves({ store }: Parts, id: CustomershipId): Promise<void> {
  await store.register.transact((tx) =>
    tx.change(id, async (change) => {
      const [decision] = await change.ofKind('decision')
      if (!decision) throw new Error('a client was added')
      const data = { ...decision.data, controller: 'provider', funding: 'direct' } as const
      await change.put('decision', decision.id, data, decision.by)
    })
  )
}

/** What a coordinator does on the pages of requests. */
export class RightsDesk {
  readonly #office: Page

  constructor(office: Page) {
    this.#office = office
  }

  button(name: string | RegExp): Locator {
    return this.#office.getByRole('button', { name, exact: true })
  }

  get dialog(): Locator {
    return this.#office.getByRole('dialog')
  }

  said(words: string): Locator {
    return this.#office.getByText(words, { exact: true }).first()
  }

  /** Of a client, or of nobody whose data is held. */
  async register(kind: string, client: string | null): Promise<void> {
    const office = this.#office
    await office.getByRole('link', { name: 'Pyynnöt', exact: true }).first().click()
    await heading(office, 'Pyynnöt').waitFor()
    await office.getByRole('link', { name: 'Kirjaa pyyntö' }).click()
    await heading(office, 'Kirjaa pyyntö').waitFor()
    await office.getByRole('radio', { name: new RegExp(`^${kind}`) }).check()
    if (client === null) await office.getByRole('radio', { name: /^Ei asiakas/ }).check()
    else {
      await office.getByLabel('Hae asiakas nimellä').fill(client)
      await office.getByRole('button', { name: `${client} Kuvitteellinen` }).click()
    }
    await office.getByRole('radio', { name: 'Asiakas itse' }).check()
    await office.getByLabel('Miten henkilöllisyys varmistettiin').selectOption('strong')
    await this.button('Kirjaa pyyntö').click()
    await heading(office, kind).waitFor()
  }

  /** Which way, of whatever is open. */
  async byPost(): Promise<void> {
    await this.dialog.getByLabel('Mitä tietä').selectOption('post')
  }

  async answer(words: 'Toteutetaan' | 'Ei toteuteta', ground?: string): Promise<void> {
    await this.button('Vastaa pyyntöön').click()
    await this.dialog.getByRole('radio', { name: words }).check()
    if (ground !== undefined) await this.dialog.getByLabel('Peruste').selectOption(ground)
    await this.byPost()
    await this.dialog.getByRole('button', { name: 'Kirjaa vastaus' }).click()
    await this.dialog.waitFor({ state: 'hidden' })
  }
}

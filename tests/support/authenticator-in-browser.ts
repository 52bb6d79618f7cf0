import type { CDPSession, Page } from 'playwright-core'

interface Abilities {
  /** Whether it derives secrets (WebAuthn PRF); many real ones cannot. */
  readonly hasPrf?: boolean
  /** Whether its owner is recognised when asked. */
  readonly recognises?: boolean
}

/** What a page's own authenticator holds, as Chromium tells it. */
type Held = Awaited<ReturnType<AuthenticatorInBrowser['credentials']>>[number]

/**
 * The fingerprint reader of one page: Chromium's virtual authenticator, which answers by itself. It
 * lives as long as the page, and what it holds can be handed on to another.
 */
export class AuthenticatorInBrowser {
  readonly #devtools: CDPSession
  readonly #id: string

  private constructor(devtools: CDPSession, id: string) {
    this.#devtools = devtools
    this.#id = id
  }

  static async plugInto(
    page: Page,
    { hasPrf = true, recognises = true }: Abilities = {}
  ): Promise<AuthenticatorInBrowser> {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: recognises,
        automaticPresenceSimulation: true,
        hasPrf
      }
    })
    return new AuthenticatorInBrowser(devtools, authenticatorId)
  }

  async credentials() {
    const { credentials } = await this.#devtools.send('WebAuthn.getCredentials', {
      authenticatorId: this.#id
    })
    return credentials
  }

  /** A passkey that another authenticator made, as when two are synchronised. */
  async take(credential: Held): Promise<void> {
    await this.#devtools.send('WebAuthn.addCredential', { authenticatorId: this.#id, credential })
  }

  /**
   * From now on it takes everybody for a stranger, or knows its owner. Once it has refused a request it
   * stays blocked, as CTAP 2.1 § 6.5.4 has it for readers that failed too often: `take` with a new one goes on.
   */
  async recognise(recognises: boolean): Promise<void> {
    await this.#devtools.send('WebAuthn.setUserVerified', {
      authenticatorId: this.#id,
      isUserVerified: recognises
    })
  }

  async unplug(): Promise<void> {
    await this.#devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.#id })
    await this.#devtools.detach()
  }
}

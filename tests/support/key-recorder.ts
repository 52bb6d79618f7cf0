import type { BrowserContext } from 'playwright-core'
import type { Fault } from './fault-proxy.ts'

/** A key, as its bytes were when the browser's cryptography met them. */
export interface RecordedKey {
  readonly what: 'imported' | 'derived' | 'unwrapped' | 'wrapped' | 'wrapping'
  readonly hex: string
}

declare global {
  // The page's, given by the test.
  var recordKey: ((key: RecordedKey) => Promise<void>) | undefined
}

/**
 * Listens at the browser's own cryptography, in pages and in the vault's worker, so that a test knows
 * the bytes of the real keys. The app is the one that is shipped; only the browser under it talks.
 */
export class KeyRecorder {
  readonly keys: RecordedKey[] = []

  /** What is put before the vault's worker on its way to the browser. */
  readonly fault = (path: string): Fault | null =>
    /\/workers\/worker-[^/]+\.js$/.test(path)
      ? { does: 'change', change: (script) => `;(${tellKeys.toString()})();\n${script}` }
      : null

  /** Once for each opening of the browser. */
  async listen(context: BrowserContext): Promise<void> {
    await context.exposeFunction('recordKey', (key: RecordedKey) => {
      this.keys.push(key)
    })
    await context.addInitScript(tellKeys)
    await context.addInitScript(() => {
      new BroadcastChannel('recorded-keys').onmessage = ({ data }) =>
        void globalThis.recordKey?.(data as RecordedKey)
    })
  }

  /** Each once; what is no secret because it is the same for everybody is left out. */
  secrets(): Buffer[] {
    const hexes = this.keys.flatMap(({ what, hex }) => (what === 'wrapping' ? [] : [hex]))
    return [...new Set(hexes)]
      .map((hex) => Buffer.from(hex, 'hex'))
      .filter((bytes) => new Set(bytes).size > 8)
  }
}

/** Runs in the browser: everything it needs is in it. */
function tellKeys(): void {
  const channel = new BroadcastChannel('recorded-keys')
  const tell = (what: string, bytes: ArrayBuffer | ArrayBufferView) => {
    const raw = ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes)
    const hex = Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('')
    channel.postMessage({ what, hex })
  }
  const { importKey, exportKey, deriveKey, wrapKey, unwrapKey } = SubtleCrypto.prototype
  const nameOf = (algorithm: AlgorithmIdentifier) =>
    typeof algorithm === 'string' ? algorithm : algorithm.name
  Object.assign(SubtleCrypto.prototype, {
    importKey(this: SubtleCrypto, ...given: Parameters<typeof importKey>) {
      const [format, bytes, algorithm] = given
      // A public key is no secret.
      const isSecret = /^(HKDF|AES-)/.test(nameOf(algorithm))
      if (format === 'raw' && isSecret) tell('imported', bytes)
      return importKey.apply(this, given)
    },
    async deriveKey(this: SubtleCrypto, ...given: Parameters<typeof deriveKey>) {
      const [how, from, to, , usages] = given
      const open = await deriveKey.call(this, how, from, to, true, usages)
      const bytes = await exportKey.call(this, 'raw', open)
      if (bytes instanceof ArrayBuffer) tell('derived', bytes)
      return deriveKey.apply(this, given)
    },
    async wrapKey(this: SubtleCrypto, ...given: Parameters<typeof wrapKey>) {
      const [format, key] = given
      const open = await exportKey.call(this, format, key)
      if (open instanceof ArrayBuffer) tell('wrapped', open)
      const wrapping = await wrapKey.apply(this, given)
      tell('wrapping', wrapping)
      return wrapping
    },
    async unwrapKey(this: SubtleCrypto, ...given: Parameters<typeof unwrapKey>) {
      const [format, wrapped, by, how, to, , usages] = given
      const isRaw = format === 'raw'
      const open = await unwrapKey.call(
        this,
        format,
        wrapped,
        by,
        how,
        isRaw ? 'AES-GCM' : to,
        true,
        isRaw ? ['encrypt'] : usages
      )
      const bytes = await exportKey.call(this, format, open)
      if (bytes instanceof ArrayBuffer) tell('unwrapped', bytes)
      return unwrapKey.apply(this, given)
    }
  })
}

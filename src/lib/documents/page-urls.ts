/** Pictures as a page may show them. Ended with the screen that shows them: nothing of them stays in memory. */
export class PageUrls {
  readonly #urls = new Map<string, string>()

  of(id: string, bytes: Uint8Array<ArrayBuffer>): string {
    const url = this.#urls.get(id) ?? URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
    this.#urls.set(id, url)
    return url
  }

  end(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url)
    this.#urls.clear()
  }
}

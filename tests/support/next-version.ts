import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** The build under test is version 1, and its vaults have the schema 3. */
const build = 'build'
export const schemaOf = (number: number) => number + 2

export interface NextVersion {
  readonly number: number
  /** What its schema does to the rows of an outbox throws when half of it is done. */
  readonly fails?: boolean
}

/**
 * The app as its n-th version: another mark on its service worker, vaults whose schema goes on by one
 * with each version, each of which rewrites the outbox, and another name for every script that changed.
 */
export async function makeVersion(version: NextVersion): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `version-${version.number}-`))
  await cp(build, folder, { recursive: true, filter: (file) => !/\.(br|gz)$/.test(file) })
  const texts = await Texts.of(folder)
  markVersion(texts, version.number)
  changeSchema(texts, version)
  texts.renameChanged(version.number)
  allowScripts(texts)
  await texts.write()
  return folder
}

/** The text of every file, changed only where it says exactly what is expected, and as often. */
class Texts {
  readonly #before: ReadonlyMap<string, string>
  readonly #now: Map<string, string>
  readonly #names = new Map<string, string>()

  private constructor(before: ReadonlyMap<string, string>) {
    this.#before = before
    this.#now = new Map(before)
  }

  static async of(folder: string): Promise<Texts> {
    const texts = new Map<string, string>()
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name)
      if (entry.isFile() && /\.(js|html|json)$/.test(file))
        texts.set(file, await readFile(file, 'utf8'))
    }
    return new Texts(texts)
  }

  change(before: string, after: string, times: number): void {
    const hits = this.#replace(before, after)
    if (hits !== times) throw new Error(`${hits} times and not ${times}: ${before}`)
  }

  ending(end: string): string {
    const [, text] = [...this.#now].find(([file]) => file.endsWith(end)) ?? []
    if (text === undefined) throw new Error(`the build has no ${end}`)
    return text
  }

  /** A name holds its script's hash, so whoever names a script that changed changes too. */
  renameChanged(number: number): void {
    const isDue = (file: string) =>
      /immutable.*\.js$/.test(file) &&
      !this.#names.has(file) &&
      this.#now.get(file) !== this.#before.get(file)
    for (;;) {
      const file = [...this.#now.keys()].find(isDue)
      if (file === undefined) return
      const name = basename(file).replace(/js$/, `v${number}.js`)
      this.#names.set(file, join(dirname(file), name))
      this.#replace(basename(file), name)
    }
  }

  async write(): Promise<void> {
    for (const [file, text] of this.#now) {
      await writeFile(this.#names.get(file) ?? file, text)
      if (this.#names.has(file)) await rm(file)
    }
  }

  #replace(before: string, after: string): number {
    let hits = 0
    for (const [file, text] of this.#now) {
      hits += text.split(before).length - 1
      this.#now.set(
        file,
        text.replaceAll(before, () => after)
      )
    }
    return hits
  }
}

/** In the service worker, where the app asks whether it is the newest, and on the page for all to see. */
function markVersion(texts: Texts, number: number): void {
  const { version } = JSON.parse(texts.ending('version.json')) as { version: string }
  texts.change(`\`${version}\``, `\`${version}-${number}\``, 2)
  texts.change(`"version":"${version}"`, `"version":"${version}-${number}"`, 1)
  const pages = '<html lang="fi">'
  texts.change(pages, pages.replace('>', ` data-version="${number}">`), 3)
}

/** A page's policy names the hash of its script, whose imports have other names now. */
function allowScripts(texts: Texts): void {
  for (const page of ['app.html', 'sign-in.html']) {
    const text = texts.ending(page)
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(text) ?? []
    const [, before = ''] = /'sha256-([^']+)'/.exec(text) ?? []
    texts.change(before, createHash('sha256').update(script).digest('base64'), 1)
  }
}

/** A version knows the steps of the last few; what is older makes them up in its first. */
const stepsKnown = 3

/** In the chunk that holds the vaults' database, and in the service worker. */
function changeSchema(texts: Texts, { number, fails = false }: NextVersion): void {
  const last = 'this.version(3).stores({outbox:`id, &seq, waiting, customership, unsent, untried`})'
  let more = ''
  const newest = schemaOf(number)
  for (let schema = Math.max(4, newest - stepsKnown); schema <= newest; schema += 1) {
    const indexes = '`id, &seq, waiting, customership, unsent, untried, writtenAt`'
    const rewrite = `row=>{row.schema=${schema};${fails ? 'delete row.envelope' : ''}}`
    const then = fails ? ';throw Error(`the upgrade fails`)' : ''
    more +=
      `this.version(${schema}).stores({outbox:${indexes},newer:\`id, in${schema}\`})` +
      `.upgrade(async t=>{await t.table(\`outbox\`).toCollection().modify(${rewrite})${then}}),`
  }
  texts.change(last, more + last, 2)
}

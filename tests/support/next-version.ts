import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** The build under test is version 1, and its vaults have the schema 2. */
const build = 'build'
const schemaOf = (number: number) => number + 1

export interface NextVersion {
  readonly number: number
  /** What its schema does to the rows of an outbox throws when half of it is done. */
  readonly fails?: boolean
}

/**
 * The app as its n-th version: the build with other names for its scripts, another mark on its service
 * worker, and vaults whose schema goes on by one with each version, each of which rewrites the outbox.
 */
export async function makeVersion(version: NextVersion): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `version-${version.number}-`))
  await cp(build, folder, { recursive: true, filter: (file) => !/\.(br|gz)$/.test(file) })
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = new Texts()
  for (const entry of found) {
    if (!entry.isFile() || !/\.(js|html|json)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    texts.all.set(file, await readFile(file, 'utf8'))
  }
  const scripts = [...texts.all.keys()].filter((file) => /_app.immutable.*\.js$/.test(file))
  renameScripts(texts, scripts, version.number)
  markVersion(texts, version.number)
  changeSchema(texts, version)
  for (const [file, text] of texts.all) {
    await writeFile(file, text)
    if (scripts.includes(file))
      await rename(file, join(dirname(file), nameOf(file, version.number)))
  }
  return folder
}

/** The text of every file, changed only where it says exactly what is expected, and as often. */
class Texts {
  readonly all = new Map<string, string>()

  change(before: string, after: string, times: number): void {
    let hits = 0
    for (const [file, text] of this.all) {
      hits += text.split(before).length - 1
      this.all.set(
        file,
        text.replaceAll(before, () => after)
      )
    }
    if (hits !== times) throw new Error(`${hits} times and not ${times}: ${before}`)
  }

  ending(end: string): string {
    const [, text] = [...this.all].find(([file]) => file.endsWith(end)) ?? []
    if (text === undefined) throw new Error(`the build has no ${end}`)
    return text
  }
}

const nameOf = (file: string, number: number) => basename(file).replace(/js$/, `v${number}.js`)

/** Each name holds its script's hash, and whoever names a script that changed has changed too. */
function renameScripts(texts: Texts, scripts: readonly string[], number: number): void {
  const names = scripts.map((file) => basename(file).replaceAll('.', '\\.'))
  const named = new RegExp(`(?<=[/"'\`])(?:${names.join('|')})(?=["'\`])`, 'g')
  for (const [file, text] of texts.all)
    texts.all.set(
      file,
      text.replace(named, (name) => nameOf(name, number))
    )
}

function markVersion(texts: Texts, number: number): void {
  const { version } = JSON.parse(texts.ending('version.json')) as { version: string }
  // In the service worker, and where the app asks whether it is the newest.
  texts.change(`\`${version}\``, `\`${version}-${number}\``, 2)
  texts.change(`"version":"${version}"`, `"version":"${version}-${number}"`, 1)
  // The shell, and what its policy says of the script in it, whose imports have other names now.
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(texts.ending('app.html')) ?? []
  const [, before = ''] = /'sha256-([^']+)'/.exec(texts.ending('app.html')) ?? []
  texts.change(before, createHash('sha256').update(script).digest('base64'), 1)
  const shell = '<html lang="fi">\n  <head>\n    <meta charset="utf-8" />'
  texts.change(shell, shell.replace('>', ` data-version="${number}">`), 2)
}

/** In the chunk that holds the vaults' database, and in the service worker. */
function changeSchema(texts: Texts, { number, fails = false }: NextVersion): void {
  const last = 'this.version(2).stores({cargo:`id`,pages:`[document+page], customership`})'
  let more = ''
  for (let schema = 3; schema <= schemaOf(number); schema += 1) {
    const indexes = '`id, &seq, waiting, customership, writtenAt`'
    const rewrite = `row=>{row.schema=${schema};${fails ? 'delete row.envelope' : ''}}`
    const then = fails ? ';throw Error(`the upgrade fails`)' : ''
    more +=
      `,this.version(${schema}).stores({outbox:${indexes},newer${schema}:\`id\`})` +
      `.upgrade(async t=>{await t.table(\`outbox\`).toCollection().modify(${rewrite})${then}})`
  }
  texts.change(last, last + more, 2)
}

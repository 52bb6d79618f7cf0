import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureInstalled } from './install.js'
import { root, run } from './run.js'
import { freshResultsFile, vitestCommand } from './test-results.js'

/**
 * The main job in the engines that `npm test` does not run, as far as they are on this machine:
 * `npm run engines`. What passed where is written into bench/engines.md.
 *
 * @typedef {{ title: string, ancestorTitles: string[], status: string }} Step
 */
const wanted = [
  { name: 'Firefox', at: '/usr/bin/firefox*', packages: 'firefox-esr' },
  { name: 'WebKitGTK', at: '/usr/bin/WebKitWebDriver', packages: 'webkit2gtk-driver xvfb' }
]

const there = wanted.filter(({ name, at, packages }) => {
  if (globSync(at).length > 0) return true
  console.log(`${name} is not here and was left out. On Debian: apt-get install ${packages}`)
  return false
})

/** The table of the steps, below what people wrote into the file. @param {readonly Step[]} steps */
function writeDown(steps) {
  const file = join(root, 'bench', 'engines.md')
  const mark = '<!-- steps -->'
  const [written = ''] = (existsSync(file) ? readFileSync(file, 'utf8') : '').split(mark)
  const names = there.map(({ name }) => name)
  const titles = [
    ...new Set(steps.filter(({ ancestorTitles }) => ancestorTitles.length > 0).map(titleOf))
  ]
  const rows = titles.map((title) => {
    const cells = names.map((name) =>
      said(steps.find((step) => titleOf(step) === title && step.ancestorTitles.includes(name)))
    )
    return `| ${[title, ...cells].join(' | ')} |`
  })
  const head = [`| step | ${names.join(' | ')} |`, `|---|${names.map(() => '---|').join('')}`]
  const date = new Date().toISOString().slice(0, 10)
  const lines = [`Last run: ${date}.`, '', ...head, ...rows, '']
  writeFileSync(file, `${written}${mark}\n\n${lines.join('\n')}`)
}

/** @param {Step} step */
const titleOf = ({ title }) => title

/** @param {Step | undefined} step */
const said = (step) =>
  step?.status === 'passed' ? 'passes' : step?.status === 'failed' ? '**fails**' : 'not run'

if (there.length > 0) {
  await ensureInstalled()
  await ensureBuilt()
  const file = freshResultsFile('engines')
  const [command, args] = vitestCommand('engines', file)
  const { code } = await run(command, args)
  process.exitCode = code
  if (existsSync(file)) {
    /** @type {{ testResults: { assertionResults: Step[] }[] }} */
    const results = JSON.parse(readFileSync(file, 'utf8'))
    writeDown(results.testResults.flatMap(({ assertionResults }) => assertionResults))
  }
}

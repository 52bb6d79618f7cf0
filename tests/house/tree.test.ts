import { basename, dirname, extname } from 'node:path'
import { expect, test } from 'vitest'
import { holdsIdentityCode } from '#contract/identity-code.ts'
import { textOf, writtenFiles } from '#tests/support/tree.ts'

/** Published for testing, and the example by which the code is explained: they belong to nobody. */
const publicTestCodes = ['010594Y9032', '020594X903P', '010516B903X', '020503F9037', '131052-308T']

const sources = writtenFiles.filter((path) => path !== 'package-lock.json')

test('no personal identity code lies in the tree', () => {
  const holding = sources.filter((path) => {
    const text = publicTestCodes.reduce((rest, code) => rest.replaceAll(code, ''), textOf(path))
    return holdsIdentityCode(text)
  })
  expect(holding).toEqual([])
})

const ownHost =
  /^(localhost|tabletti\.localhost|127\.0\.0\.1|\[::1\]|[\w.-]+\.(example|invalid|test))$/
/** Names of vocabularies: nobody fetches them. */
const vocabularies = ['www.w3.org', 'ns.adobe.com', 'purl.org', 'www.aiim.org']

test('§11 no address of a third party stands anywhere, so none can be asked', () => {
  const strangers = sources.flatMap((path) =>
    [...textOf(path).matchAll(/\b(?:https?|wss?):\/\/([\w.[\]:-]+)/g)]
      .map(([, host = '']) => host.replace(/:\d*$/, ''))
      .filter((host) => !ownHost.test(host) && !vocabularies.includes(host))
      .map((host) => `${path}: ${host}`)
  )
  expect(strangers).toEqual([])
})

interface Locked {
  resolved?: string
  integrity?: string
  optionalDependencies?: Record<string, string>
}

const lock = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> }
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')

test('the lock file names no registry: whoever installs chooses their own', () => {
  expect(locked.length).toBeGreaterThan(100)
  for (const [path, { resolved, integrity }] of locked) {
    expect(resolved, path).toBeUndefined()
    expect(integrity, path).toMatch(/^sha512-/)
  }
  expect(sources.filter((path) => /(^|\/)\.npmrc$/.test(path))).toEqual([])
})

test('the lock file has no hole: a clean install refuses one that lacks any optional package', () => {
  const holes = locked.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`]
    )
  )
  expect(holes).toEqual([])
})

const forbiddenWords =
  /^(.*-)?(utils?|helpers?|common|shared|misc|types?|models?|managers?|services?|handlers?|data|info)$/

/** Words of the field that only look like the others. */
const fieldWords = ['home-service', 'home-service-wording']

test('nothing is named by what has no name', () => {
  const nameless = sources
    .flatMap((path) => path.split('/').map((part) => ({ path, stem: part.split('.')[0] ?? '' })))
    .filter(({ stem }) => forbiddenWords.test(stem) && !fieldWords.includes(stem))
  expect(nameless).toEqual([])
})

test('components are written in PascalCase, all else in kebab-case', () => {
  const house = sources.filter((path) => /^(contract|server|src|tests|tools|bench)\//.test(path))
  const wrong = house.filter((path) => {
    const name = basename(path)
    if (name === 'README.md') return false
    if (name.startsWith('+')) return !/^\+(page|layout|error)\.(svelte|ts)$/.test(name)
    if (extname(name) === '.svelte') return !/^[A-Z][A-Za-z]*\.svelte$/.test(name)
    return !/^[a-z0-9]+(-[a-z0-9]+)*(\.(svelte|client|server|d|test))*\.\w+$/.test(name)
  })
  expect(wrong).toEqual([])
})

test('routes.ts is the only file name that the server repeats', () => {
  const names = sources
    .filter((path) => path.startsWith('server/') && !path.endsWith('.test.ts'))
    .map((path) => (dirname(path).endsWith('/migrations') ? path : basename(path)))
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  expect([...new Set(repeated)]).toEqual(['routes.ts'])
})

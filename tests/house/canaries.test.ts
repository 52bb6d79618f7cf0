import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { expect, onTestFinished, test, vi } from 'vitest'
import { root } from '#tests/support/tree.ts'

// Each starts a tool of its own, while others run beside it.
vi.setConfig({ testTimeout: 120_000 })

/** A check that finds nothing may not have looked. */
function run(command: string, args: string[], cwd: string) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const file = join(root, 'node_modules', '.bin', command)
    const options = { cwd, env: { ...process.env, NO_COLOR: '1' } }
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    })
  })
}

/** A folder with these files; inside the tree it sees the project's packages and settings. */
function folderWith(parent: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'canary-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const typeErrors = {
  'tsconfig.json': JSON.stringify({ extends: '../../tsconfig.json', include: ['./*'] }),
  'wrong.ts': `export const count: number = 'many'\n`,
  'Wrong.svelte': `<script lang="ts">\n  const count: number = 'many'\n</script>\n\n{count}\n`,
  'Attribute.svelte': `<script lang="ts">\n  import Given from './Given.svelte'\n</script>\n\n<Given count="many" />\n`,
  'Given.svelte': `<script lang="ts">\n  const { count }: { count: number } = $props()\n</script>\n\n{count}\n`
}

test('a type error in a module, in a component, or in how one is used, fails the check', async () => {
  const folder = folderWith(join(root, '.svelte-kit'), typeErrors)
  const args = [
    '--workspace',
    folder,
    '--tsconfig',
    join(folder, 'tsconfig.json'),
    '--output',
    'machine'
  ]
  const { code, output } = await run('svelte-check', args, root)
  expect(code).not.toBe(0)
  for (const name of ['Wrong.svelte', 'Attribute.svelte', 'wrong.ts'])
    expect(output).toMatch(new RegExp(`ERROR "${name}"`))
  expect(output).not.toMatch(/ERROR "Given.svelte"/)
})

test('an unused export fails the check', async () => {
  const folder = folderWith(tmpdir(), {
    'server/main.ts': `import { used } from './house.ts'\n\nused()\n`,
    'server/house.ts': `export function used() {}\n\nexport function neverUsed() {}\n`,
    'server/unreached.ts': `export const unreached = 1\n`
  })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const args = ['--no-progress', '--include', 'files,exports', '--reporter', 'compact']
  const { code, output } = await run('knip', args, folder)
  expect(code).not.toBe(0)
  expect(output).toContain('neverUsed')
  expect(output).toContain('server/unreached.ts')
  expect(output).not.toMatch(/\bused\b/)
})

test('the linter knows types, in modules and in components, and no comment silences it', async () => {
  // Of components it asks with the long journeys: see eslint.config.js.
  vi.stubEnv('KOTIKAYNTI_LINT', 'whole')
  const eslint = new ESLint({ cwd: root })
  const rulesFound = async (filePath: string, text: string) => {
    const [result] = await eslint.lintText(text, { filePath })
    return result?.messages.map(({ ruleId }) => ruleId)
  }
  const careless = [
    'async function send() {}',
    '// eslint-disable-next-line',
    'export function act(given: any) {',
    '  send()',
    '  return given as string',
    '}'
  ].join('\n')
  expect(await rulesFound('server/clock.ts', careless)).toEqual(
    expect.arrayContaining([
      '@typescript-eslint/no-explicit-any',
      '@typescript-eslint/no-floating-promises'
    ])
  )
  const page = [
    '<script lang="ts">',
    '  async function send() {}',
    '  send()',
    `  const name: string = 'a'`,
    '</script>',
    '',
    '{@html name}'
  ].join('\n')
  expect(await rulesFound('src/routes/+layout.svelte', page)).toEqual(
    expect.arrayContaining(['@typescript-eslint/no-floating-promises', 'svelte/no-at-html-tags'])
  )
})

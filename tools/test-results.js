import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.js'

const folder = join(root, 'node_modules', '.cache', 'kotikaynti')

/** Where a vitest project leaves its results; what an earlier run left is gone. @param {string} project */
export function freshResultsFile(project) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${project}.json`)
  rmSync(file, { force: true })
  return file
}

/**
 * @typedef {object} Results
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults
 *
 * @param {string} file
 * @returns {Results | null}
 */
function parse(file) {
  try {
    /** @type {Results} */
    const results = JSON.parse(readFileSync(file, 'utf8'))
    return results
  } catch {
    return null
  }
}

/** A run that left no results failed as one; so did each file that could not even be read. @param {string} file */
export function readResults(file) {
  const results = parse(file)
  if (!results) return { passed: 0, failed: 1 }
  const unreadable = results.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0
  ).length
  return { passed: results.numPassedTests, failed: results.numFailedTests + unreadable }
}

/** @param {string} project @param {string} file @returns {[string, string[]]} */
export function vitestCommand(project, file) {
  return [
    'vitest',
    [
      'run',
      ...['--project', `${project}*`],
      // Much of a test waits for a disk, a killed process or a browser.
      ...['--maxWorkers', '2'],
      ...['--reporter', 'dot', '--reporter', 'json', `--outputFile.json=${file}`]
    ]
  ]
}

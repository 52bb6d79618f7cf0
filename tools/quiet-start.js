const stored = 'parse(sessionStorage[key])'

/**
 * The framework finds out that nothing is kept of an earlier page by having `JSON.parse` fail. An error that is thrown
 * while a module is evaluated makes V8 read the module's whole text once more, to tell where it was: on a slow tablet
 * a fifteenth of the way to the lock. @type {() => import('vite').Plugin}
 */
export const quietStart = () => ({
  name: 'quiet-start',
  transform(code, id) {
    if (!id.endsWith('/@sveltejs/kit/src/runtime/client/session-storage.js')) return
    if (!code.includes(stored)) throw new Error('the framework reads what it kept in another way')
    return {
      code: code.replace(stored, `key in sessionStorage ? ${stored} : undefined`),
      map: null
    }
  }
})

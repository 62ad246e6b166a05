/**
 * Programs that really run concurrently may once be held up by the machine in a way that hides what they show. A test of
 * one is tried again when it fails, and its first failure is told; what fails twice has failed.
 *
 * @param {import('node:test').TestContext} context
 * @param {() => Promise<void>} attempt
 */
export async function inTwoAttempts(context, attempt) {
  try {
    await attempt();
  } catch (error) {
    context.diagnostic(`The first attempt failed: ${error.message}`);
    await attempt();
  }
}

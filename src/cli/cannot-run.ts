/** Why nothing could be checked, in a sentence for the user. Everything else that is thrown is a defect of ours. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

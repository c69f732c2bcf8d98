import { TaskError } from '../errors.ts';

/**
 * Another execution published the artifact meanwhile; nothing of ours is visible. ASL may retry the publishing state,
 * which then compares with the other's version.
 */
export class ArtifactConflictError extends TaskError {
  override readonly name = 'ArtifactConflictError';
}

/** An execution that started later has published already. Final: older data never replaces newer. */
export class ArtifactSupersededError extends TaskError {
  override readonly name = 'ArtifactSupersededError';
}

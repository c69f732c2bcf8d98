import type { JsonObject } from '../json.ts';

/** A fact that other flows may be started by. */
export interface FlowEvent {
  /** `data-flows.<flow>` */
  readonly source: string;
  /** In words, e.g. `Artifact Published`. */
  readonly detailType: string;
  readonly detail: JsonObject;
}

/** Where events go: the environment's EventBridge bus, or a file beside the local store. */
export interface EventBus {
  /** Resolves when the bus has taken the event. */
  emit(event: FlowEvent): Promise<void>;
}

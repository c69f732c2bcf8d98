import * as z from 'zod';
import * as fields from './fields.ts';

/** Kept and given back; this machine writes no logs to CloudWatch. */
export const loggingConfiguration = z.object({
  level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).default('OFF'),
  includeExecutionData: z.boolean().default(false),
  destinations: z
    .array(z.object({ cloudWatchLogsLogGroup: z.object({ logGroupArn: fields.arn.optional() }).optional() }))
    .optional(),
});

export const tracingConfiguration = z.object({ enabled: z.boolean().default(false) });

/** Kept and given back; this machine encrypts nothing. */
export const encryptionConfiguration = z.object({
  type: z.enum(['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY']),
  kmsKeyId: z.string().min(1).max(2_048).optional(),
  kmsDataKeyReusePeriodSeconds: z.int().min(60).max(900).optional(),
});

const configuration = {
  loggingConfiguration: loggingConfiguration.optional(),
  tracingConfiguration: tracingConfiguration.optional(),
  encryptionConfiguration: encryptionConfiguration.optional(),
  publish: z.boolean().default(false),
  versionDescription: z.string().max(256).optional(),
};

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export const createStateMachineRequest = z.object({
  name: fields.name,
  definition: fields.definitionText,
  roleArn: fields.arn,
  type: fields.stateMachineType.default('STANDARD'),
  tags: z.array(fields.tag).default([]),
  ...configuration,
});
export type CreateStateMachineRequest = z.infer<typeof createStateMachineRequest>;

export interface CreateStateMachineResponse {
  readonly stateMachineArn: string;
  readonly creationDate: Date;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html */
export const updateStateMachineRequest = z.object({
  stateMachineArn: fields.arn,
  definition: fields.definitionText.optional(),
  roleArn: fields.arn.optional(),
  ...configuration,
});
export type UpdateStateMachineRequest = z.infer<typeof updateStateMachineRequest>;

export interface UpdateStateMachineResponse {
  readonly updateDate: Date;
  readonly revisionId?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const describeStateMachineRequest = z.object({
  stateMachineArn: fields.arn,
  includedData: fields.includedData,
});
export type DescribeStateMachineRequest = z.infer<typeof describeStateMachineRequest>;

/** What a state machine is, apart from its ARN and dates. */
export interface DescribedStateMachine {
  readonly stateMachineArn: string;
  readonly name: string;
  /** Absent when only metadata was asked for. */
  readonly definition?: string;
  readonly roleArn: string;
  readonly loggingConfiguration: z.infer<typeof loggingConfiguration>;
  readonly tracingConfiguration: z.infer<typeof tracingConfiguration>;
  readonly encryptionConfiguration?: z.infer<typeof encryptionConfiguration>;
  /** Absent until the machine is updated. */
  readonly revisionId?: string;
  readonly variableReferences?: Readonly<Record<string, readonly string[]>>;
}

export interface DescribeStateMachineResponse extends DescribedStateMachine {
  readonly status: 'ACTIVE' | 'DELETING';
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly creationDate: Date;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export const describeStateMachineForExecutionRequest = z.object({
  executionArn: fields.arn,
  includedData: fields.includedData,
});
export type DescribeStateMachineForExecutionRequest = z.infer<typeof describeStateMachineForExecutionRequest>;

export interface DescribeStateMachineForExecutionResponse extends DescribedStateMachine {
  readonly updateDate: Date;
  readonly mapRunArn?: string;
  readonly label?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html */
export const deleteStateMachineRequest = z.object({ stateMachineArn: fields.arn });
export type DeleteStateMachineRequest = z.infer<typeof deleteStateMachineRequest>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export const listStateMachinesRequest = z.object(fields.paging);
export type ListStateMachinesRequest = z.infer<typeof listStateMachinesRequest>;

export interface ListStateMachinesResponse extends fields.Page {
  readonly stateMachines: readonly {
    readonly stateMachineArn: string;
    readonly name: string;
    readonly type: 'STANDARD' | 'EXPRESS';
    readonly creationDate: Date;
  }[];
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export const validateStateMachineDefinitionRequest = z.object({
  definition: fields.definitionText,
  type: fields.stateMachineType.default('STANDARD'),
  severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
  maxResults: z.int().min(0).max(100).default(0),
});
export type ValidateStateMachineDefinitionRequest = z.infer<typeof validateStateMachineDefinitionRequest>;

export interface ValidateStateMachineDefinitionResponse {
  readonly result: 'OK' | 'FAIL';
  readonly diagnostics: readonly {
    readonly severity: 'ERROR' | 'WARNING';
    readonly code: string;
    readonly message: string;
    readonly location?: string;
  }[];
  readonly truncated: boolean;
}

/** What can be done with state machines. */
export interface StateMachineOperations {
  createStateMachine(request: CreateStateMachineRequest): Promise<CreateStateMachineResponse>;
  updateStateMachine(request: UpdateStateMachineRequest): Promise<UpdateStateMachineResponse>;
  describeStateMachine(request: DescribeStateMachineRequest): Promise<DescribeStateMachineResponse>;
  describeStateMachineForExecution(
    request: DescribeStateMachineForExecutionRequest,
  ): Promise<DescribeStateMachineForExecutionResponse>;
  deleteStateMachine(request: DeleteStateMachineRequest): Promise<void>;
  listStateMachines(request: ListStateMachinesRequest): Promise<ListStateMachinesResponse>;
  validateStateMachineDefinition(
    request: ValidateStateMachineDefinitionRequest,
  ): Promise<ValidateStateMachineDefinitionResponse>;
}

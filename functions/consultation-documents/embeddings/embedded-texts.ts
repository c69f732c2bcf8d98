import type { ArtifactContract } from '../../../lib/contract.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { attributeEmbeddings } from '../attribute-embeddings.contract.ts';
import { documentEmbeddings } from '../document-embeddings.contract.ts';

/** A table of vectors and the texts that it has vectors of. */
export interface EmbeddedTexts {
  readonly contract: ArtifactContract;
  readonly keys: readonly string[];
  /** Columns that are stored besides the keys and the vector. */
  readonly kept: readonly string[];
  /** SQL of the keys and the column `text`, from a file of the preprocessed dataset. */
  readonly query: (preprocessedFile: string) => string;
}

/** The text of each document. @see the specification of consultation-documents, section 7.2 */
export const documentTexts: EmbeddedTexts = {
  contract: documentEmbeddings,
  keys: ['document_uuid'],
  kept: ['text_sha256'],
  query: (file) => `SELECT document_uuid, document_content_plain AS text FROM read_parquet(${quoteText(file)})`,
};

/**
 * Title, description and organisation of each consultation in each language, of the first document that has it.
 *
 * @see the specification of consultation-documents, section 7.3
 */
export const attributeTexts: EmbeddedTexts = {
  contract: attributeEmbeddings,
  keys: ['consultation_identifier', 'attribute_language', 'attribute_name'],
  kept: ['text', 'text_sha256'],
  query: (file) => `
    UNPIVOT (
      SELECT consultation_identifier, document_language AS attribute_language,
        arg_min(consultation_title, file_row_number) AS consultation_title,
        arg_min(consultation_description, file_row_number) AS consultation_description,
        arg_min(organisation_name, file_row_number) AS organisation_name
      FROM read_parquet(${quoteText(file)}, file_row_number = true)
      GROUP BY ALL
    ) ON consultation_title, consultation_description, organisation_name INTO NAME attribute_name VALUE text`,
};

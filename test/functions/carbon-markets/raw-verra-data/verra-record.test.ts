import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../../functions/carbon-markets/raw-verra-data/verra-record.ts';

const record = {
  issuanceDate: '2020-03-20',
  programObjectives: '13: Climate Action',
  instrumentType: 'VCU',
  vintageStart: '2013-07-01',
  vintageEnd: '2014-06-30',
  reportingPeriodStart: '2013-07-02',
  reportingPeriodEnd: '2014-06-29',
  resourceIdentifier: '191',
  resourceName: '4.5 MW Wind',
  region: 'Asia',
  country: 'China',
  protocolCategory: 'Energy',
  protocol: 'ACM0002',
  totalVintageQuantity: 100,
  quantity: 40,
  serialNumbers: '1-1-40',
  additionalCertifications: 'CCB-Gold',
  retiredCancelled: true,
  retireOrCancelDate: '2021-11-21',
  retirementBeneficiary: 'Someone',
  retirementReason: 'Other',
  retirementDetails: 'own use',
  inputTypes: 'none',
  holdingIdentifier: '143471',
};

describe('readRecord', () => {
  it('renames all 24 fields of the registry and converts none', () => {
    expect(readRecord(record)).toEqual({
      row: {
        issuance_date: '2020-03-20',
        sustainable_development_goals: '13: Climate Action',
        credit_type: 'VCU',
        vintage_start: '2013-07-01',
        vintage_end: '2014-06-30',
        reporting_period_start: '2013-07-02',
        reporting_period_end: '2014-06-29',
        id: '191',
        name: '4.5 MW Wind',
        region: 'Asia',
        country: 'China',
        project_type: 'Energy',
        methodology: 'ACM0002',
        total_vintage_quantity: 100,
        quantity_issued: 40,
        serial_number: '1-1-40',
        additional_certifications: 'CCB-Gold',
        is_cancelled: true,
        'retirement/cancellation_date': '2021-11-21',
        retirement_beneficiary: 'Someone',
        retirement_reason: 'Other',
        retirement_details: 'own use',
        input_type: 'none',
        holding_id: '143471',
        further_fields: null,
      },
      furtherKeys: [],
    });
  });

  it.each([
    { name: 'null', value: { ...record, retireOrCancelDate: null } },
    {
      name: 'left out',
      value: Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'retireOrCancelDate')),
    },
  ])('keeps a retirement date that is $name null', ({ value }) => {
    expect(readRecord(value)).toMatchObject({ row: { 'retirement/cancellation_date': null } });
  });

  it('keeps fields it does not know under their own names', () => {
    const read = readRecord({ ...record, externalSerialNumber: 'EXT-1', newField: [1] });

    expect(read).toMatchObject({
      row: { further_fields: '{"externalSerialNumber":"EXT-1","newField":[1]}' },
      furtherKeys: ['externalSerialNumber', 'newField'],
    });
  });

  it.each([
    {
      name: 'a number with a thousands comma',
      value: { ...record, quantity: '5,880' },
      reasons: ['quantity is "5,880": Invalid input: expected number, received string'],
    },
    {
      name: 'a negative quantity',
      value: { ...record, quantity: -1 },
      reasons: ['quantity is -1: Too small: expected number to be >=0'],
    },
    {
      name: 'a project without number',
      value: { ...record, resourceIdentifier: null },
      reasons: ['resourceIdentifier is null: Invalid input: expected string, received null'],
    },
    {
      name: 'a missing serial number and a day that never was',
      value: { ...record, serialNumbers: undefined, retireOrCancelDate: '2025-02-30' },
      reasons: [
        'serialNumbers is nothing: Invalid input: expected string, received undefined',
        'retireOrCancelDate is "2025-02-30": Invalid ISO date',
      ],
    },
    {
      name: 'a day with a time',
      value: { ...record, issuanceDate: '2020-03-20T00:00:00Z' },
      reasons: ['issuanceDate is "2020-03-20T00:00:00Z": Invalid ISO date'],
    },
    { name: 'no object', value: null, reasons: ['Invalid input: expected object, received null'] },
  ])('says why $name is no row', ({ value, reasons }) => {
    expect(readRecord(value)).toEqual({ reasons });
  });
});

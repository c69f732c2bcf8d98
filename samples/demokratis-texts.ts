/** What the made-up documents are about, in the four national languages. */
export interface SampleSubject {
  readonly topics: string;
  readonly titles: Readonly<Record<SampleLanguage, string>>;
}

export type SampleLanguage = 'de' | 'fr' | 'it' | 'rm';

export const sampleSubjects: readonly [SampleSubject, ...SampleSubject[]] = [
  {
    topics: 'energy, environment',
    titles: {
      de: 'Verordnung über Beispielanlagen',
      fr: 'Ordonnance sur les installations d’exemple',
      it: 'Ordinanza sugli impianti d’esempio',
      rm: 'Ordinaziun davart ils implants d’exempel',
    },
  },
  {
    topics: ' law ,, administration,law',
    titles: {
      de: 'Teilrevision des Mustergesetzes',
      fr: 'Révision partielle de la loi modèle',
      it: 'Revisione parziale della legge modello',
      rm: 'Revisiun parziala da la lescha da model',
    },
  },
  {
    topics: 'health',
    titles: {
      de: 'Änderung der Verordnung über die Gesundheitsmuster',
      fr: 'Modification de l’ordonnance sur les modèles de santé',
      it: 'Modifica dell’ordinanza sui modelli di sanità',
      rm: 'Midada da l’ordinaziun davart ils models da sanadad',
    },
  },
  {
    topics: 'transportation,spatial_planning',
    titles: {
      de: 'Bundesgesetz über den erfundenen Verkehr',
      fr: 'Loi fédérale sur le trafic fictif',
      it: 'Legge federale sul traffico immaginario',
      rm: 'Lescha federala davart il traffic inventà',
    },
  },
];

const paragraphs: Readonly<Record<SampleLanguage, readonly string[]>> = {
  de: [
    'Sehr geehrte Damen und Herren',
    'Wir laden Sie ein, zum beiliegenden Entwurf Stellung zu nehmen. Die Frist dauert drei Monate.',
    'Art. 1 Zweck. Dieses Gesetz regelt die Herstellung, die Prüfung und die Aufbewahrung von Beispielen.',
    'Art. 2 Geltungsbereich. Es gilt für alle Behörden, die Beispiele herstellen oder herstellen lassen.',
    'Art. 3 Vollzug. Der Bundesrat erlässt die nötigen Bestimmungen und berichtet alle vier Jahre darüber.',
  ],
  fr: [
    'Madame, Monsieur,',
    'Nous avons l’honneur de vous soumettre le présent projet et vous invitons à vous prononcer dans les trois mois.',
    'Art. 1 But. La présente loi règle la production, l’examen et la conservation des exemples.',
    'Art. 2 Champ d’application. Elle s’applique à toutes les autorités qui produisent des exemples.',
    'Art. 3 Exécution. Le Conseil fédéral édicte les dispositions nécessaires et en rend compte tous les quatre ans.',
  ],
  it: [
    'Gentili Signore, egregi Signori',
    'Vi invitiamo a esprimere il vostro parere sul progetto allegato. Il termine è di tre mesi.',
    'Art. 1 Scopo. La presente legge disciplina la produzione, la verifica e la conservazione degli esempi.',
    'Art. 2 Campo di applicazione. Essa si applica a tutte le autorità che producono esempi.',
    'Art. 3 Esecuzione. Il Consiglio federale emana le disposizioni necessarie e ne riferisce ogni quattro anni.',
  ],
  rm: [
    'Stimadas dunnas, stimads signurs',
    'Il chantun Grischun envida tut las persunas interessadas da prender posiziun davart il sboz agiuntà.',
    'Art. 1 Intent. Questa lescha regla la producziun, la controlla e la conservaziun dals exempels.',
    'Art. 2 Champ d’applicaziun. Ella vala per tut las autoritads che produceschan exempels.',
    'Art. 3 Execuziun. La Regenza decretescha las disposiziuns necessarias e rapporta mintga quatter onns.',
  ],
};

/** A text of some pages about a subject. */
export function sampleText(subject: SampleSubject, language: SampleLanguage, pages: number): string[] {
  return Array.from({ length: pages }, (_, index) =>
    [subject.titles[language], ...paragraphs[language], `${index + 1} / ${pages}`].join('\n'),
  );
}

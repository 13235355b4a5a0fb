-- CreateTable
CREATE TABLE "CreditPosition" (
    "debtorId" INTEGER NOT NULL,
    "solvency" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "segment" TEXT,
    "stance" TEXT NOT NULL,
    "workflow" TEXT,
    "exposure" DECIMAL(20,3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "why" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "next" JSONB,

    CONSTRAINT "CreditPosition_pkey" PRIMARY KEY ("debtorId")
);

-- CreateTable
CREATE TABLE "CreditMove" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "placementId" INTEGER NOT NULL,
    "from" JSONB,
    "solvency" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "stance" TEXT NOT NULL,
    "workflow" TEXT,
    "exposure" DECIMAL(20,3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "why" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "isNews" BOOLEAN NOT NULL,
    "runId" INTEGER,
    "isProposed" BOOLEAN NOT NULL DEFAULT false,
    "entryId" INTEGER,

    CONSTRAINT "CreditMove_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditPlacement" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "matrixVersion" INTEGER NOT NULL,
    "scorecardVersion" INTEGER NOT NULL,
    "placed" INTEGER NOT NULL DEFAULT 0,
    "moved" INTEGER NOT NULL DEFAULT 0,
    "unplaced" INTEGER NOT NULL DEFAULT 0,
    "currencies" TEXT[],

    CONSTRAINT "CreditPlacement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditScore" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "score" DECIMAL(5,2),
    "known" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditScore_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditTag" (
    "debtorId" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,
    "staffId" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditTag_pkey" PRIMARY KEY ("debtorId","tag")
);

-- CreateIndex
CREATE INDEX "CreditPosition_solvency_band_idx" ON "CreditPosition"("solvency", "band");

-- CreateIndex
CREATE INDEX "CreditMove_debtorId_at_idx" ON "CreditMove"("debtorId", "at");

-- CreateIndex
CREATE INDEX "CreditMove_runId_idx" ON "CreditMove"("runId");

-- CreateIndex
CREATE INDEX "CreditMove_placementId_idx" ON "CreditMove"("placementId");

-- CreateIndex
CREATE INDEX "CreditScore_debtorId_at_idx" ON "CreditScore"("debtorId", "at");

-- AddForeignKey
ALTER TABLE "CreditMove" ADD CONSTRAINT "CreditMove_placementId_fkey" FOREIGN KEY ("placementId") REFERENCES "CreditPlacement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
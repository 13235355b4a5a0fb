-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN     "autonomy" JSONB,
ADD COLUMN     "undoSeconds" INTEGER;

-- AlterTable
ALTER TABLE "ProposedAction" ADD COLUMN     "intent" TEXT,
ADD COLUMN     "proposed" JSONB;

-- CreateTable
CREATE TABLE "AutonomyCase" (
    "id" SERIAL NOT NULL,
    "actionId" INTEGER NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "mailboxId" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "sampled" BOOLEAN NOT NULL DEFAULT false,
    "staffId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AutonomyCase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AutonomyGrant" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "mailboxId" INTEGER,
    "level" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "grantedById" INTEGER NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "endedById" INTEGER,
    "endCaseId" INTEGER,

    CONSTRAINT "AutonomyGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Correction" (
    "id" SERIAL NOT NULL,
    "rule" TEXT NOT NULL,
    "debtorId" INTEGER,
    "about" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "staffId" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "forgottenAt" TIMESTAMPTZ(3),
    "forgottenById" INTEGER,

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProposalSnapshot" (
    "id" SERIAL NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProposalSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AutonomyCase_actionId_key" ON "AutonomyCase"("actionId");

-- CreateIndex
CREATE INDEX "AutonomyCase_kind_intent_language_idx" ON "AutonomyCase"("kind", "intent", "language");

-- CreateIndex
CREATE INDEX "AutonomyCase_proposalId_idx" ON "AutonomyCase"("proposalId");

-- CreateIndex
CREATE INDEX "AutonomyGrant_kind_intent_language_idx" ON "AutonomyGrant"("kind", "intent", "language");

-- CreateIndex
CREATE INDEX "Correction_debtorId_idx" ON "Correction"("debtorId");

-- CreateIndex
CREATE INDEX "Correction_rule_about_idx" ON "Correction"("rule", "about");

-- CreateIndex
CREATE INDEX "ProposalSnapshot_proposalId_idx" ON "ProposalSnapshot"("proposalId");
-- AlterTable
ALTER TABLE "StaffPreference" ADD COLUMN     "decisionsByMail" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "DecisionMail" (
    "id" SERIAL NOT NULL,
    "internetMessageId" TEXT NOT NULL,
    "staffId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "DecisionMail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailedDecision" (
    "id" SERIAL NOT NULL,
    "mailId" INTEGER NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "staffId" INTEGER NOT NULL,
    "vote" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "linkHash" TEXT NOT NULL,
    "replyHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MailedDecision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DecisionMail_internetMessageId_key" ON "DecisionMail"("internetMessageId");

-- CreateIndex
CREATE INDEX "DecisionMail_staffId_createdAt_idx" ON "DecisionMail"("staffId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "MailedDecision_linkHash_key" ON "MailedDecision"("linkHash");

-- CreateIndex
CREATE UNIQUE INDEX "MailedDecision_replyHash_key" ON "MailedDecision"("replyHash");

-- CreateIndex
CREATE INDEX "MailedDecision_mailId_idx" ON "MailedDecision"("mailId");

-- CreateIndex
CREATE UNIQUE INDEX "MailedDecision_proposalId_staffId_vote_key" ON "MailedDecision"("proposalId", "staffId", "vote");

-- AddForeignKey
ALTER TABLE "DecisionMail" ADD CONSTRAINT "DecisionMail_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MailedDecision" ADD CONSTRAINT "MailedDecision_mailId_fkey" FOREIGN KEY ("mailId") REFERENCES "DecisionMail"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AlterTable
ALTER TABLE "ChatPost" ADD COLUMN     "sight" JSONB;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "browser" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "id" SERIAL NOT NULL,
ADD COLUMN     "lastUsedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "via" TEXT NOT NULL DEFAULT 'link';

-- AlterTable
ALTER TABLE "Staff" ADD COLUMN     "timeZone" TEXT;

-- CreateTable
CREATE TABLE "SignInAttempt" (
    "cookieHash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "codeVerifier" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignInAttempt_pkey" PRIMARY KEY ("cookieHash")
);

-- CreateTable
CREATE TABLE "StaffAbsence" (
    "id" SERIAL NOT NULL,
    "staffId" INTEGER NOT NULL,
    "coverId" INTEGER NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE NOT NULL,
    "surface" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "begunAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "handedBackAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffAbsence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Route" (
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "mailboxes" TEXT[],
    "administrations" TEXT[],
    "languages" TEXT[],
    "segments" TEXT[],
    "partyTypes" TEXT[],
    "owners" TEXT[],
    "lead" TEXT,

    CONSTRAINT "Route_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "RoleLimit" (
    "role" TEXT NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,

    CONSTRAINT "RoleLimit_pkey" PRIMARY KEY ("role")
);

-- CreateTable
CREATE TABLE "SecondVoteRule" (
    "actionKind" TEXT NOT NULL,
    "above" DECIMAL(18,3),

    CONSTRAINT "SecondVoteRule_pkey" PRIMARY KEY ("actionKind")
);

-- CreateIndex
CREATE INDEX "StaffAbsence_staffId_idx" ON "StaffAbsence"("staffId");

-- CreateIndex
CREATE INDEX "StaffAbsence_handedBackAt_idx" ON "StaffAbsence"("handedBackAt");

-- CreateIndex
CREATE UNIQUE INDEX "Session_id_key" ON "Session"("id");

-- CreateIndex
CREATE INDEX "Session_staffId_idx" ON "Session"("staffId");

-- AddForeignKey
ALTER TABLE "StaffAbsence" ADD CONSTRAINT "StaffAbsence_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffAbsence" ADD CONSTRAINT "StaffAbsence_coverId_fkey" FOREIGN KEY ("coverId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
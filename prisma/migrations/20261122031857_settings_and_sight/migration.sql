-- AlterTable
ALTER TABLE "Staff" ADD COLUMN     "administrations" TEXT[] DEFAULT ARRAY['*']::TEXT[],
ADD COLUMN     "mailboxes" TEXT[] DEFAULT ARRAY['*']::TEXT[];

-- CreateTable
CREATE TABLE "SettingsVersion" (
    "id" SERIAL NOT NULL,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "content" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SettingsVersion_pkey" PRIMARY KEY ("id")
);
-- AlterTable
ALTER TABLE "StaffPreference" ALTER COLUMN "digestAt" SET DEFAULT '08:30';
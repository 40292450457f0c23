"""What whoever runs the centre does beside it: back up, restore, verify, and find what is wrong."""

from upkeep.backup import Backup, BackupInvalid, back_up, read_backup, restore
from upkeep.doctor import Finding, examine
from upkeep.verify import Verdict, verify

__all__ = ["Backup", "BackupInvalid", "Finding", "Verdict", "back_up", "examine", "read_backup", "restore", "verify"]

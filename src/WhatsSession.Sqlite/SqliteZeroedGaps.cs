using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>Writes the pages of a store's file with zeros where they hold nothing.</summary>
/// <remarks>
/// <para>
/// <c>secure_delete</c> zeroes what is deleted, where it stands then. When SQLite divides or joins pages, rows move to another page, and the bytes that they
/// leave stay in the gap between the page's pointers and its cells, where no deletion finds them any more. So an erased customer could be read in them.
/// </para>
/// <para>
/// A VFS (SQLite's interface to files, https://www.sqlite.org/vfs.html) stands before the system's own and changes one thing: a page of a table or an index
/// that is written into the file gets its gap zeroed (https://www.sqlite.org/fileformat.html, section 1.6). The log is written as SQLite has it, for its frames
/// carry checksums; after an erasure it is emptied.
/// </para>
/// </remarks>
internal static unsafe partial class SqliteZeroedGaps
{
    private const int MainFile = 0x100; // SQLITE_OPEN_MAIN_DB
    private const int SmallestPage = 512;
    private const int LargestPage = 65536;

    // In a larger file the number of a page, with which other kinds of pages begin, could look like the kind of one with a gap.
    private const long MostPages = 1 << 25;

    private static readonly Lazy<string> Registered = new(Register);
#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private static readonly object Gate = new();
#pragma warning restore MA0158
    private static readonly Dictionary<nint, nint> Wrapped = [];
    private static VirtualFileSystem* _system;

    /// <summary>The name under which SQLite knows it, for connection strings. It is registered by its first use.</summary>
    public static string Vfs => Registered.Value;

    /// <summary>Zeroes the gap of a page; a page of another kind stays as it is.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isFirst">Whether it is the first of the file, which begins with the header of the file.</param>
    internal static void ZeroGap(Span<byte> page, bool isFirst)
    {
        var header = isFirst ? 100 : 0;
        var pointers = page[header] switch { 2 or 5 => header + 12, 10 or 13 => header + 8, _ => -1 };
        if (pointers < 0 || MapsPages(page))
        {
            return;
        }

        var end = pointers + (2 * BinaryPrimitives.ReadUInt16BigEndian(page[(header + 3)..]));
        int cells = BinaryPrimitives.ReadUInt16BigEndian(page[(header + 5)..]);
        cells = cells == 0 ? LargestPage : cells;
        if (end > cells || cells > page.Length)
        {
            return;
        }

        for (var pointer = pointers; pointer < end; pointer += 2)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(page[pointer..]) < cells)
            {
                return;
            }
        }

        page[end..cells].Clear();
    }

    /// <summary>Makes sure that connections use the SQLite that knows the VFS, and not another or a second copy of it.</summary>
    internal static void Check(string vfs)
    {
        try
        {
            // Opens no file: SQLite looks for the VFS all the same.
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ":memory:", Vfs = vfs, Pooling = false }.ToString());
            connection.Open();
        }
        catch (SqliteException exception)
        {
            throw new NotSupportedException(
                "The SQLite store needs SQLitePCLRaw with the library e_sqlite3, but this application has set it up with another one "
                + $"('{raw.GetNativeLibraryName()}') or with a second copy: use SQLitePCLRaw.bundle_e_sqlite3 and no other bundle.",
                exception);
        }
    }

    /// <summary>
    /// Whether a page looks like the map of a file with <c>auto_vacuum</c> (section 1.8): entries of a byte from 1 to 5 and the number of a page. By its first
    /// byte alone such a page could be one of a table.
    /// </summary>
    private static bool MapsPages(ReadOnlySpan<byte> page)
    {
        const int Entry = 5;

        // So much of a page is SQLite's at least; extensions may have the rest.
        var used = Math.Max(480, page.Length - 255);
        for (var i = 0; i + Entry <= used; i += Entry)
        {
            // Of a number that is below MostPages the first byte is zero or one.
            if (page[i] > 5 || page[i + 1] > 1)
            {
                return false;
            }
        }

        return true;
    }

    private static string Register()
    {
        const string Name = "whatssession";
        try
        {
            _system = Initialize() == 0 ? Find(0) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new NotSupportedException(
                "The SQLite store needs the library e_sqlite3, which cannot be loaded here: deploy the one of SQLitePCLRaw.bundle_e_sqlite3 for this system "
                + "beside the application.",
                exception);
        }

        if (_system is null)
        {
            throw new InvalidOperationException("SQLite has no VFS on this system.");
        }

        var own = (VirtualFileSystem*)NativeMemory.Alloc((nuint)sizeof(VirtualFileSystem));
        *own = *_system;
        own->Next = 0;
        own->Name = Marshal.StringToCoTaskMemUTF8(Name);
        own->Open = &Open;
        if (Register(own, makeDefault: 0) != 0)
        {
            throw new InvalidOperationException("SQLite takes no further VFS.");
        }

        Check(Name);
        return Name;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(VirtualFileSystem* self, byte* name, OpenFile* file, int flags, int* outFlags)
    {
        var code = _system->Open(_system, name, file, flags, outFlags);
        if (code == 0 && (flags & MainFile) != 0 && file->Methods is not null)
        {
            file->Methods = Wrap(file->Methods);
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* bytes, int count, long offset)
    {
        var methods = (WrappedMethods*)file->Methods;
        long size;
        if (count is < SmallestPage or > LargestPage || offset % count != 0 || methods->Own.FileSize(file, &size) != 0 || size / count >= MostPages)
        {
            return methods->SystemWrite(file, bytes, count, offset);
        }

        // The bytes are SQLite's, which may go on with them.
        var page = stackalloc byte[count];
        NativeMemory.Copy(bytes, page, (nuint)count);
        ZeroGap(new Span<byte>(page, count), isFirst: offset == 0);
        return methods->SystemWrite(file, page, count, offset);
    }

    /// <summary>The methods of a file, with our own way to write. The system has few kinds of them, and each is made once.</summary>
    private static FileMethods* Wrap(FileMethods* methods)
    {
        lock (Gate)
        {
            if (!Wrapped.TryGetValue((nint)methods, out var known))
            {
                var own = (WrappedMethods*)NativeMemory.AllocZeroed((nuint)sizeof(WrappedMethods));

                // An older version has fewer methods.
                var length = methods->Version switch { 1 => 13, 2 => 17, _ => 19 } * sizeof(nint);
                NativeMemory.Copy(methods, own, (nuint)length);
                own->SystemWrite = methods->Write;
                own->Own.Version = Math.Min(methods->Version, 3);
                own->Own.Write = &Write;
                Wrapped.Add((nint)methods, known = (nint)own);
            }

            return (FileMethods*)known;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_initialize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Security", "CA5393", Justification = "The library lies beside the application, where SQLitePCLRaw finds it too.")]
    private static partial int Initialize();

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Security", "CA5393", Justification = "The library lies beside the application, where SQLitePCLRaw finds it too.")]
    private static partial VirtualFileSystem* Find(nint name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Security", "CA5393", Justification = "The library lies beside the application, where SQLitePCLRaw finds it too.")]
    private static partial int Register(VirtualFileSystem* vfs, int makeDefault);

    /// <summary>sqlite3_vfs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct VirtualFileSystem
    {
        public int Version;
        public int FileLength;
        public int LongestPath;
        public nint Next;
        public nint Name;
        public nint Data;
        public delegate* unmanaged[Cdecl]<VirtualFileSystem*, byte*, OpenFile*, int, int*, int> Open;
        public VirtualFileSystemRest Rest;
    }

    /// <summary>The fifteen methods after xOpen, which stay the system's.</summary>
    [InlineArray(15)]
    private struct VirtualFileSystemRest
    {
        private nint _first;
    }

    /// <summary>sqlite3_file: what follows is the system's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public FileMethods* Methods;
    }

    /// <summary>sqlite3_io_methods.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileMethods
    {
        public int Version;
        public nint Close;
        public nint Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public nint Truncate;
        public nint Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
        public FileMethodsRest Rest;
    }

    /// <summary>The twelve methods after xFileSize, which stay the system's.</summary>
    [InlineArray(12)]
    private struct FileMethodsRest
    {
        private nint _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WrappedMethods
    {
        public FileMethods Own;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> SystemWrite;
    }
}

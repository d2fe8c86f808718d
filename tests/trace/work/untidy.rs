pub fn  untidy( a:u32 )->u32{
 a+1 }
